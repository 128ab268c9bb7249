import type { ChosenOptions } from '../../../bff/contract/chosen-options.ts'
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

/** As a job keeps them, except that nobody has drawn a seed yet. */
export type OrderOptions = Omit<ChosenOptions, 'seed'> & { seed: number | null }

type Wanted = Pick<Choices, keyof OrderOptions>

/** The options as this model can do them; the quality is always named where there is one to choose. */
export const optionsFor = (
  { aspects, sizes, options: { qualities, maxCount, ...offered } }: Model,
  { aspect, size, seed, quality, count, transparent }: Wanted,
): OrderOptions => ({
  aspect: aspects.find(name => name === aspect) ?? aspects[0] ?? '1:1',
  size: sizes.find(({ name }) => name === size)?.name ?? usualSize(sizes),
  seed: offered.seed ? seed : null,
  quality: qualities.find(name => name === quality) ?? qualities[0] ?? null,
  count: Math.min(count, maxCount),
  transparent: offered.transparent && transparent,
})

/** The chosen model, else the first that can be used. A chosen one that was switched off stays chosen, so that it can be said. */
export const modelFor = (models: readonly Model[], { modelId }: Pick<Choices, 'modelId'>): Model | undefined => {
  const images = models.filter(isImageModel)
  return images.find(model => model.id === modelId) ?? images.find(model => isOpen(model) && model.status === 'live')
}
