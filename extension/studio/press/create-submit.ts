import type { Generation, GenerationSpec, SourceSpec } from '../../../bff/contract/generations.ts'
import type { Model } from '../../../bff/contract/models.ts'
import { type ApiProblem, asProblem } from '../../platform/api/problem.ts'
import { PrepareError } from '../../sources/prepare.ts'
import type { OrderOptions } from '../order/choices.ts'
import { fingerprintOf, type Intent, intentFor, isDefinite } from './intent.ts'

/** What the person asked for with one press. */
export interface Asked {
  model: Model
  prompt: string
  negative: string
  options: OrderOptions
  /** What the button showed. */
  price: number
  /** The slots, by what the person sees of them; part of what makes two presses the same. */
  slots: readonly unknown[]
  /** The person was asked about the price, by their own limit, and agreed. */
  confirmed?: boolean
}

export interface Prepared {
  specs: SourceSpec[]
  blobs: Blob[]
}

interface SubmitDeps {
  /** The stored intent of this draft; `keep` resolves when it is on disk. */
  intent: { current(): Promise<Intent | null>; keep(intent: Intent | null): Promise<void> }
  prepare(model: Model): Promise<Prepared>
  generate(spec: GenerationSpec, sources: readonly Blob[], key: string): Promise<Generation>
  newKey(): string
  now(): number
}

export type Outcome =
  | { kind: 'accepted'; generation: Generation }
  | { kind: 'problem'; problem: ApiProblem }
  /** A picture cannot be used; its slot says why. */
  | { kind: 'unusable' }

/**
 * Sends one generation. The key is on disk before the first byte leaves, is used again while the answer is unknown, and
 * is forgotten with a definite answer: whatever happens in between, one press is one job.
 */
export const createSubmit = ({ intent, prepare, generate, newKey, now }: SubmitDeps) => {
  const send = async ({ model, prompt, negative, options, price, slots, confirmed }: Asked): Promise<Generation> => {
    const { specs, blobs } = await prepare(model)
    const fingerprint = await fingerprintOf({ model: model.id, prompt, negative, options, slots })
    const kept = intentFor(await intent.current(), fingerprint, now(), newKey)
    await intent.keep(kept)
    const spec = { model: model.id, prompt, negative, sources: specs, options, price }
    return generate(confirmed ? { ...spec, confirmed } : spec, blobs, kept.key)
  }

  let running: Promise<Outcome> | null = null

  const run = async (asked: Asked): Promise<Outcome> => {
    try {
      const generation = await send(asked)
      await intent.keep(null)
      return { kind: 'accepted', generation }
    } catch (error) {
      if (error instanceof PrepareError) return { kind: 'unusable' }
      const problem = asProblem(error)
      if (isDefinite(problem.code)) await intent.keep(null)
      return { kind: 'problem', problem }
    }
  }

  /** While one press is under way, another joins it. */
  return (asked: Asked): Promise<Outcome> => {
    running ??= run(asked).finally(() => {
      running = null
    })
    return running
  }
}
