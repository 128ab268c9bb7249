import type { Aspect } from '../../../bff/contract/models.ts'
import { languageCodes } from '../../../bff/contract/values.ts'
import { isRecord, oneOf } from '../../platform/storage/item.ts'
import { type Choices, noChoices } from '../order/choices.ts'
import { readParts } from '../prompt/parts/read-parts.ts'

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null)
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0

/** Only the shape is checked: a model's ratios, sizes and qualities are the catalogue's to know. */
export const readChoices = (value: unknown): Choices => {
  if (!isRecord(value)) return noChoices
  return {
    prompt: textOrNull(value.prompt) ?? '',
    parts: readParts(value.parts),
    view: oneOf(['text', 'parts'], value.view) ?? 'text',
    textOfParts: textOrNull(value.textOfParts) ?? '',
    language: oneOf(languageCodes, value.language) ?? null,
    modelId: textOrNull(value.modelId),
    readerId: textOrNull(value.readerId),
    aspect: textOrNull(value.aspect) as Aspect | null,
    size: textOrNull(value.size),
    quality: textOrNull(value.quality),
    count: isCount(value.count) ? Math.max(1, value.count) : 1,
    transparent: value.transparent === true,
    seed: isCount(value.seed) ? value.seed : null,
  }
}
