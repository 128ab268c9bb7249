import type { Lifter } from '../egress/lift.ts'
import { listOf, recordOf, textOf } from '../lenient.ts'
import { isPicture } from '../picture-kind.ts'
import { ProviderError } from '../provider-error.ts'
import { tokenCost, tokens } from '../tokens.ts'
import type { ImagesParameters } from './parameters.ts'

/** Where the pictures of an answer are: in it, or at addresses. */
export interface Pictures {
  files: Buffer[]
  urls: string[]
}

/** The pictures of an answer; fewer than asked for is no fault, none or too many is one. Each is decoded once. */
export function picturesOf(answer: unknown, count: number, { decode }: Pick<Lifter, 'decode'>): Pictures {
  if (typeof answer !== 'object' || answer === null) throw new ProviderError({ kind: 'bad_answer' })
  const items = listOf(recordOf(answer).data).map(recordOf)
  if (items.length > count) throw new ProviderError({ kind: 'bad_answer' })
  const encoded = items.map(item => textOf(item.b64_json)).filter(text => text !== '')
  const urls = items.filter(item => !item.b64_json).flatMap(item => textOf(item.url) || [])
  if (encoded.length + urls.length === 0) throw new ProviderError({ kind: 'no_picture' })
  const files = encoded.map(decode).filter(bytes => bytes !== null && isPicture(bytes)) as Buffer[]
  if (files.length + urls.length === 0) throw new ProviderError({ kind: 'bad_answer' })
  return { files, urls }
}

/** Our cost in millionths of a US dollar by the tokens of an answer, or null where it does not say enough of sense. */
export function costOf(answer: unknown, prices: ImagesParameters['prices']): number | null {
  const usage = recordOf(recordOf(answer).usage)
  if (prices === null || typeof usage.output_tokens !== 'number') return null
  const input = recordOf(usage.input_tokens_details)
  const cost = tokenCost([
    [tokens(input.text_tokens), prices.textIn],
    [tokens(input.image_tokens), prices.pictureIn],
    [tokens(usage.output_tokens), prices.pictureOut],
  ])
  return Number.isSafeInteger(cost) ? cost : null
}
