import type { Lifter } from '../egress/lift.ts'
import { listOf, recordOf, textOf } from '../lenient.ts'
import type { ProviderAnswer } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { parseReading } from '../reading/parse.ts'
import { blockReason } from './block-reasons.ts'
import type { ImageParameters, ReadingParameters } from './parameters.ts'
import { usageOf } from './usage.ts'

type Fields = Readonly<Record<string, unknown>>

/** The pictures of a 200, `count` at most. "No picture" comes as a success too, and is thrown as ProviderError. */
export function toFiles(
  answer: unknown,
  count: number,
  { prices }: ImageParameters,
  { decode }: Pick<Lifter, 'decode'>,
): ProviderAnswer {
  const { parts, usageMetadata } = open(answer)
  const pictures = parts.map(part => textOf(recordOf(part.inlineData).data)).filter(data => data !== '')
  if (pictures.length === 0) throw new ProviderError({ kind: 'no_picture' })
  // More than asked for: the earlier ones are drafts of the last.
  const files = pictures.slice(-count).map(data => decode(data) ?? Buffer.alloc(0))
  return { kind: 'files', files, usage: usageOf(usageMetadata, prices) }
}

/** The reading of a 200, or a ProviderError. */
export function toReading(answer: unknown, { prices }: ReadingParameters): ProviderAnswer {
  const { parts, usageMetadata } = open(answer)
  const text = parts.map(part => textOf(part.text)).join('')
  return {
    kind: 'reading',
    reading: parseReading(text),
    usage: usageOf(usageMetadata, { ...prices, image: prices.output }),
  }
}

/** What the first candidate holds apart from its thoughts; thrown as `blocked` where Gemini's rules stopped it. */
function open(answer: unknown): { parts: Fields[]; usageMetadata: unknown } {
  const { promptFeedback, candidates, usageMetadata } = recordOf(answer)
  const feedback = recordOf(promptFeedback)
  const candidate = recordOf(listOf(candidates)[0])
  block('input', feedback.blockReason, feedback.safetyRatings)
  // A prompt blocked for a reason without a name still has one: nothing else leaves the candidates out.
  if (textOf(feedback.blockReason) && candidates === undefined) throw blocked('input', 'other')
  block('output', candidate.finishReason, candidate.safetyRatings)
  const parts = listOf(recordOf(candidate.content).parts).map(recordOf)
  return { parts: parts.filter(({ thought }) => thought !== true), usageMetadata }
}

type Stage = 'input' | 'output'

function block(stage: Stage, name: unknown, safetyRatings: unknown): void {
  const reason = blockReason(name, safetyRatings)
  if (reason) throw blocked(stage, reason)
}

const blocked = (stage: Stage, reason: NonNullable<ReturnType<typeof blockReason>>) =>
  new ProviderError({ kind: 'blocked', stage, reason })
