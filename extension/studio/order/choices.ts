import type { GenerationOptions } from '../../../bff/contract/generations.ts'
import type { Aspect, Model } from '../../../bff/contract/models.ts'
import { isImageModel, isOpen } from '../../catalogue/offered.ts'
import type { Language } from '../../platform/i18n/i18n.ts'
import { emptyParts, type Parts } from '../prompt/parts/parts.ts'

/** What the person has written and chosen; null where they left it to us. Kept as it is when a model does not offer it. */
export interface Choices {
  /** The words as one text. */
  prompt: string
  /** The words in parts; `negative` counts for the text as well. */
  parts: Parts
  /** Which of the two is shown, and sent. */
  view: 'text' | 'parts'
  /** What the parts last gave to the text: while it stands there untouched, it follows them. */
  textOfParts: string
  /** Language of the parts; null: that of the panel. */
  language: Language | null
  modelId: string | null
  /** The model that reads pictures. */
  readerId: string | null
  aspect: Aspect | null
  size: string | null
  quality: string | null
  count: number
  transparent: boolean
  /** Null: the backend draws one. */
  seed: number | null
}

export const noChoices: Choices = {
  prompt: '',
  parts: emptyParts,
  view: 'text',
  textOfParts: '',
  language: null,
  modelId: null,
  readerId: null,
  aspect: null,
  size: null,
  quality: null,
  count: 1,
  transparent: false,
  seed: null,
}

/** Long side of a result where nobody chose: enough for a screen, quick to make. */
const usualSide = 1024

const usualSize = (sizes: Model['sizes']) =>
  (sizes.find(size => size.longSide >= usualSide) ?? sizes.at(-1))?.name ?? ''

type Wanted = Pick<Choices, 'aspect' | 'size' | 'seed' | 'quality' | 'count' | 'transparent'>

/** The options as this model can do them; the quality is always named where there is one to choose. */
export const optionsFor = (model: Model, { aspect, size, seed, quality, count, transparent }: Wanted) => {
  const { qualities, maxCount, ...offered } = model.options
  const named = qualities.find(name => name === quality) ?? qualities[0]
  const several = Math.min(count, maxCount)
  return {
    aspect: model.aspects.find(offered => offered === aspect) ?? model.aspects[0] ?? '1:1',
    size: model.sizes.find(offered => offered.name === size)?.name ?? usualSize(model.sizes),
    ...(offered.seed && seed !== null && { seed }),
    ...(named !== undefined && { quality: named }),
    ...(several > 1 && { count: several }),
    ...(offered.transparent && transparent && { transparent }),
  } satisfies GenerationOptions
}

/** The chosen model, else the first that can be used. A chosen one that was switched off stays chosen, so that it can be said. */
export const modelFor = (models: readonly Model[], { modelId }: Pick<Choices, 'modelId'>): Model | undefined => {
  const images = models.filter(isImageModel)
  return images.find(model => model.id === modelId) ?? images.find(model => isOpen(model) && model.status === 'live')
}
