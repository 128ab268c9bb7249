import type { Base64Extractor } from '../egress/base64-extractor.ts'
import type { ProviderAnswer, Usage } from '../provider.ts'
import { type BlockReason, ProviderError } from '../provider-error.ts'
import { type Fields, listOf, recordOf, textOf, tokenCost, tokens } from '../shared/answers.ts'
import { parseReading } from '../shared/reading-answer.ts'
import type { ImageParameters, ReadingParameters } from './parameters.ts'

/** The pictures of a 200, `count` at most. "No picture" comes as a success too, and is thrown as ProviderError. */
export function toFiles(
  answer: unknown,
  count: number,
  { prices }: ImageParameters,
  { decode }: Pick<Base64Extractor, 'decode'>,
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

/** Why nothing came, by Gemini's own rules: a prompt's blockReason or a candidate's finishReason. All others are no block. */
const reasons: Readonly<Record<string, BlockReason | 'by rating'>> = {
  SAFETY: 'by rating',
  IMAGE_SAFETY: 'by rating',
  PROHIBITED_CONTENT: 'other',
  IMAGE_PROHIBITED_CONTENT: 'other',
  BLOCKLIST: 'other',
  MODEL_ARMOR: 'other',
  JAILBREAK: 'other',
  RECITATION: 'rights',
  IMAGE_RECITATION: 'rights',
  SPII: 'person',
}

const categories: Readonly<Record<string, BlockReason>> = {
  HARM_CATEGORY_SEXUALLY_EXPLICIT: 'sexual',
  HARM_CATEGORY_HATE_SPEECH: 'hate',
  HARM_CATEGORY_HARASSMENT: 'hate',
  HARM_CATEGORY_DANGEROUS_CONTENT: 'violence',
}

const probabilities = ['NEGLIGIBLE', 'LOW', 'MEDIUM', 'HIGH']

/** Null for a name that means no block: STOP, MAX_TOKENS, NO_IMAGE, IMAGE_OTHER, OTHER, LANGUAGE, and all we do not know. */
function blockReason(name: unknown, safetyRatings: unknown): BlockReason | null {
  const reason = typeof name === 'string' && Object.hasOwn(reasons, name) ? reasons[name]! : null
  return reason === 'by rating' ? worstRating(safetyRatings) : reason
}

/** What was rated worst, the one marked as blocked first. */
function worstRating(safetyRatings: unknown): BlockReason {
  const rated = listOf(safetyRatings).map(recordOf)
  const weight = (rating: (typeof rated)[number]) =>
    (rating.blocked === true ? 10 : 0) + probabilities.indexOf(textOf(rating.probability))
  const worst = rated.toSorted((one, two) => weight(two) - weight(one))[0]
  return (worst && weight(worst) > 0 && categories[textOf(worst.category)]) || 'other'
}

/** What a call cost by its usageMetadata; null without one. */
function usageOf(metadata: unknown, prices: { input: number; output: number; image: number }): Usage {
  if (typeof metadata !== 'object' || metadata === null) return { microUsd: null }
  const { promptTokenCount, candidatesTokenCount, candidatesTokensDetails, thoughtsTokenCount } = recordOf(metadata)
  const written = tokens(candidatesTokenCount)
  // Without details all of it counts as the dearest.
  const pixels = Array.isArray(candidatesTokensDetails)
    ? listOf(candidatesTokensDetails)
        .map(recordOf)
        .filter(({ modality }) => modality === 'IMAGE')
        .reduce((sum, { tokenCount }) => sum + tokens(tokenCount), 0)
    : written
  const cost = tokenCost([
    [tokens(promptTokenCount), prices.input],
    [Math.max(0, written - pixels) + tokens(thoughtsTokenCount), prices.output],
    [pixels, prices.image],
  ])
  return { microUsd: cost }
}
