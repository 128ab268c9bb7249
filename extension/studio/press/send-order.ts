import type { Generation, GenerationSpec, SourceSpec } from '../../../bff/contract/generations.ts'
import { type ApiProblem, asProblem } from '../../platform/api/problem.ts'
import { PrepareError } from '../../sources/prepare.ts'
import type { Order, OrderedPicture } from '../order/order.ts'
import { fingerprintOf, type Intent, intentFor, isDefinite } from './intent.ts'

interface SendDeps {
  /** The stored intent of this press; `keep` resolves when it is on disk. */
  intent: { current(): Promise<Intent | null>; keep(intent: Intent | null): Promise<void> }
  prepare(pictures: readonly OrderedPicture[], maxSide: number): Promise<{ specs: SourceSpec[]; blobs: Blob[] }>
  generate(spec: GenerationSpec, sources: readonly Blob[], key: string): Promise<Generation>
  newKey(): string
  now(): number
}

export interface SendOptions {
  /** The person was asked about the price, by their own limit, and agreed. */
  confirmed: boolean
  /** Aborts when the person leaves: what is not sent by then is neither kept nor paid by the next. */
  left: AbortSignal
}

export type Outcome =
  | { kind: 'accepted'; generation: Generation }
  | { kind: 'problem'; problem: ApiProblem }
  /** A picture cannot be used; its slot says why. */
  | { kind: 'unusable' }

/** What makes two orders the same: the pictures by what the person sees of them. */
const sameness = ({ model, prompt, negative, options, pictures }: Order) => ({
  model: model.id,
  prompt,
  negative,
  options,
  pictures: pictures.map(({ slot, role, weight }) => [slot.id, role, weight, slot.edits]),
})

/**
 * Sends one order. The key is on disk before the first byte leaves, is used again while the answer is unknown, and is
 * forgotten with a definite answer: whatever happens in between, one press is one job.
 */
export const createSender = ({ intent, prepare, generate, newKey, now }: SendDeps) => {
  const send = async (order: Order, { confirmed, left }: SendOptions): Promise<Generation> => {
    const { model, prompt, negative, options, pictures, price } = order
    const { specs, blobs } = await prepare(pictures, model.pictures.maxSide)
    const fingerprint = await fingerprintOf(sameness(order))
    const kept = intentFor(await intent.current(), fingerprint, now(), newKey)
    left.throwIfAborted()
    await intent.keep(kept)
    left.throwIfAborted()
    const spec = { model: model.id, prompt, negative, sources: specs, options, price }
    return generate(confirmed ? { ...spec, confirmed } : spec, blobs, kept.key)
  }

  /** Never rejects. */
  return async (order: Order, options: SendOptions): Promise<Outcome> => {
    const forgetIntent = async () => {
      // What is kept by now may be somebody else's press.
      if (!options.left.aborted) await intent.keep(null)
    }
    try {
      const generation = await send(order, options)
      await forgetIntent()
      return { kind: 'accepted', generation }
    } catch (error) {
      if (error instanceof PrepareError) return { kind: 'unusable' }
      const problem = asProblem(error)
      if (isDefinite(problem.code)) await forgetIntent()
      return { kind: 'problem', problem }
    }
  }
}
