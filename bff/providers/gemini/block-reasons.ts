import { listOf, recordOf, textOf } from '../lenient.ts'
import type { BlockReason } from '../provider-error.ts'

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
export function blockReason(name: unknown, safetyRatings: unknown): BlockReason | null {
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
