import type { GenerationOptions } from '../../bff/contract/generations.ts'
import type { Aspect, Model } from '../../bff/contract/models.ts'

/** What the person has chosen; null where they left it to us. Kept as it is when a model does not offer it. */
export interface Choices {
  prompt: string
  modelId: string | null
  aspect: Aspect | null
  size: string | null
  /** Null: the backend draws one. */
  seed: number | null
}

export const noChoices: Choices = { prompt: '', modelId: null, aspect: null, size: null, seed: null }

/** Long side of a result where nobody chose: enough for a screen, quick to make. */
const usualSide = 1024

const usualSize = (sizes: Model['sizes']) =>
  (sizes.find(size => size.longSide >= usualSide) ?? sizes.at(-1))?.name ?? ''

/** The options as this model can do them. */
export const optionsFor = (model: Model, { aspect, size, seed }: Choices): GenerationOptions => ({
  aspect: model.aspects.find(offered => offered === aspect) ?? model.aspects[0] ?? '1:1',
  size: model.sizes.find(offered => offered.name === size)?.name ?? usualSize(model.sizes),
  ...(model.options.seed && seed !== null && { seed }),
})

/** The chosen model, else the first that is offered. A chosen one that was switched off stays chosen, so that it can be said. */
export const modelFor = (models: readonly Model[], { modelId }: Choices): Model | undefined =>
  models.find(model => model.id === modelId) ?? models.find(model => model.status === 'live')
