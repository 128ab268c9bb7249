import { APIError } from 'openai'
import { type BlockReason, ProviderError, type ProviderFault } from '../provider-error.ts'
import { type Fields, faultOfStatus, listOf, recordOf, textOf } from '../shared/answers.ts'

const blockedCodes = new Set(['moderation_blocked', 'content_policy_violation'])
/** How servers without codes of their own say it. */
const blockedWords = /safety system|content policy/i
const emptyAccount = new Set(['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active'])

/**
 * What an error of the client means. Its message is the provider's text: it is read here and goes no further. An error of
 * another kind is a mistake of our own, and thrown on as it is.
 */
export function faultOf(error: unknown, now: number): ProviderFault {
  if (error instanceof ProviderError) return error.fault
  // The answer was no JSON.
  if (error instanceof SyntaxError) return { kind: 'bad_answer' }
  if (!(error instanceof APIError)) throw error
  if (error.cause instanceof ProviderError) return error.cause.fault
  const { status, code } = error
  // Whatever it says, it may have done the work.
  if (status === undefined || status === 408 || status >= 500) return { kind: 'unknown_outcome' }
  if (emptyAccount.has(code ?? '') || emptyAccount.has(error.type ?? '')) return { kind: 'account', of: 'quota' }
  if (isBlocked(error)) return toBlocked(recordOf(error.error))
  if (code === 'model_not_found') return { kind: 'retired_model' }
  return faultOfStatus(status, error.headers?.get('retry-after') ?? null, now)
}

const isBlocked = ({ status, code, error }: APIError) =>
  blockedCodes.has(code ?? '') || (status === 400 && blockedWords.test(textOf(recordOf(error).message)))

function toBlocked(error: Fields): ProviderFault {
  const details = recordOf(error.moderation_details)
  // Some answers name the categories only in their text: "safety_violations=[violence]".
  const [, told = ''] = /safety_violations=\[([^\]]{0,200})\]/.exec(textOf(error.message)) ?? []
  const categories = [...listOf(details.categories).map(textOf), told]
  const stage = details.moderation_stage === 'output' ? 'output' : 'input'
  return { kind: 'blocked', stage, reason: blockReason(categories) }
}

/** OpenAI's names of what its rules found, the gravest first: one reason is told. */
const reasons: readonly (readonly [name: RegExp, reason: BlockReason])[] = [
  [/minor|child/, 'minors'],
  [/sex|nud/, 'sexual'],
  [/self.?harm|suicide/, 'self_harm'],
  [/violen|gore|weapon/, 'violence'],
  [/hate|harass|extrem/, 'hate'],
  [/likeness|public.?figure|person|celebrit/, 'person'],
  [/copyright|trademark|similarity|intellectual/, 'rights'],
]

/** The reason that the names of categories give. */
function blockReason(categories: readonly string[]): BlockReason {
  const names = categories.join(' ').toLowerCase()
  return reasons.find(([name]) => name.test(names))?.[1] ?? 'other'
}
