import type { Model } from '../../../bff/contract/models.ts'
import { maxPromptLength } from '../../../bff/contract/values.ts'
import type { Account } from '../../account/store.ts'
import type { Order } from './order.ts'

/** In code points. */
export const longestPrompt = (model: Model | undefined) =>
  Math.min(maxPromptLength, model?.promptMax ?? maxPromptLength)

/** The backend counts code points, not UTF-16 units: an emoji is one. */
export const promptLength = (prompt: string) => [...prompt].length

export type Readiness =
  | { kind: 'ready' }
  | { kind: 'sign_in' }
  /** What is missing, each with its own sentence beside the button (`studio.wait.<reason>`). */
  | {
      kind: 'wait'
      reason: 'session' | 'models' | 'retired' | 'needs_key' | 'picture' | 'loading' | 'words' | 'too_long'
    }
  | { kind: 'credits'; have: number; need: number }
  /** One of its kind is under way, and there is one at a time. */
  | { kind: 'busy' }

interface Situation {
  session: Account['status']
  order: Order | undefined
  /** Credits one can spend; null while unknown, and then the backend decides. */
  available: number | null
}

const waitFor = (reason: (Readiness & { kind: 'wait' })['reason']): Readiness => ({ kind: 'wait', reason })

/** Whether Generate can be pressed now, and if not, the first thing that stands in its way. */
export const readinessOf = ({ session, order, available }: Situation): Readiness => {
  if (session === 'unknown' || session === 'signing-in') return waitFor('session')
  if (session === 'signed-out') return { kind: 'sign_in' }
  if (!order) return waitFor('models')
  const { model, prompt, pictures, price } = order
  if (model.status === 'retired') return waitFor('retired')
  if (model.availability === 'needs_key') return waitFor('needs_key')
  if (pictures.some(({ slot }) => slot.state.kind === 'loading')) return waitFor('loading')
  if (pictures.length < model.pictures.min) return waitFor('picture')
  if (pictures.length === 0 && prompt.trim() === '') return waitFor('words')
  if (promptLength(prompt) > longestPrompt(model)) return waitFor('too_long')
  if (available !== null && available < price) return { kind: 'credits', have: available, need: price }
  return { kind: 'ready' }
}
