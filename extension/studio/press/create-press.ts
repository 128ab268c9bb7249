import { createStore } from 'zustand/vanilla'
import type { Generation } from '../../../bff/contract/generations.ts'
import type { Model } from '../../../bff/contract/models.ts'
import type { ApiProblem } from '../../platform/api/problem.ts'
import type { MessageKey } from '../../platform/i18n/i18n.ts'
import { reset } from '../../platform/reset.ts'
import type { Stop } from '../../platform/stop.ts'
import type { Readable } from '../../ui/derived-store.ts'
import type { Order } from '../order/order.ts'
import type { Readiness } from '../order/readiness.ts'
import { type Change, isEndedBy } from './causes.ts'
import { createPressGuard } from './double-press.ts'
import type { PressName } from './intent.ts'
import type { Outcome, SendOptions } from './send-order.ts'

/** One kind of paid act, as data: everything that presses differ in. */
export interface PressKind {
  /** Names what the draft keeps of it. */
  name: PressName
  /** How it is told where things go: to a maker, or no further than our own server. */
  disclosure: Readonly<Record<'title' | 'goes' | 'stays' | 'yes', MessageKey>>
  /** What a press would order now; undefined while there is nothing to order. */
  order: Readable<Order | undefined>
  readiness: Readable<Readiness>
  /** All that the person wrote, chose and put in for it. */
  draft: Readable<unknown>
  /** An order is about to be sent. */
  begin?(): void
  /** The backend made a job of it. */
  accepted(generation: Generation, order: Order): void
}

export interface PressDeps {
  send(order: Order, options: SendOptions): Promise<Outcome>
  signIn(): Promise<void>
  /** Whether the person has been told where things go with this model. */
  isAcknowledged(model: Model): boolean
  acknowledge(model: Model): Promise<void>
  accepted(generation: Generation): void
  /** What the panel shows is read again where the refusal says that it is out of date. */
  catchUp(problem: ApiProblem): void
  follow(kind: PressKind, tell: (change: Change) => void): Stop
  /** Monotonic milliseconds. */
  now(): number
}

export interface PressState {
  /** `disclosing`: the person is asked to acknowledge where their pictures go. */
  phase: 'idle' | 'disclosing' | 'sending'
  /** Why the last press brought nothing; gone with its cause. */
  problem: ApiProblem | null
}

interface PressOptions {
  /** The person was asked about the price, by their own limit, and agreed. */
  confirmed?: boolean
}

/** How it goes on after a change: the same where nothing of it is untrue now. */
const after = (change: Change, state: PressState): PressState => {
  const { phase, problem } = state
  const isOver = problem !== null && isEndedBy(change, problem.code)
  // What would go is another now, or goes for somebody else.
  const closes = phase === 'disclosing' && (change === 'draft' || change === 'session')
  return isOver || closes ? { phase: closes ? 'idle' : phase, problem: isOver ? null : problem } : state
}

/**
 * The way of one press to one job, whatever it orders: signed in, told where things go, sent once, answered; and what was
 * in the way of it, said for as long as that is so.
 */
export const createPress = (kind: PressKind, deps: PressDeps) => {
  const store = createStore<PressState>(() => ({ phase: 'idle', problem: null }))
  const guard = createPressGuard(deps.now)
  /** Aborts when the person leaves: an answer for somebody who has left is not shown to the next. */
  let leaving = new AbortController()

  const send = async (order: Order, confirmed: boolean): Promise<boolean> => {
    const { signal: left } = leaving
    store.setState({ phase: 'sending', problem: null })
    kind.begin?.()
    const outcome = await deps.send(order, { confirmed, left })
    if (left.aborted) return false
    store.setState({ phase: 'idle', problem: outcome.kind === 'problem' ? outcome.problem : null })
    if (outcome.kind === 'problem') deps.catchUp(outcome.problem)
    if (outcome.kind !== 'accepted') return false
    kind.accepted(outcome.generation, order)
    deps.accepted(outcome.generation)
    return true
  }

  /**
   * Sends what lies ready: asks for sign-in or acknowledgement first where one is missing, does nothing while something
   * else is. True when a job was made.
   */
  const submit = async ({ confirmed = false }: PressOptions = {}): Promise<boolean> => {
    if (store.getState().phase === 'sending') return false
    const order = kind.order.getState()
    const readiness = kind.readiness.getState()
    if (readiness.kind === 'sign_in') await deps.signIn()
    if (readiness.kind !== 'ready' || !order) return false
    if (deps.isAcknowledged(order.model)) return send(order, confirmed)
    store.setState({ phase: 'disclosing' })
    return false
  }

  return {
    disclosure: kind.disclosure,
    order: kind.order,
    store,
    submit,
    /** For clicks and keys: several at once are one press. */
    press: async (options?: PressOptions): Promise<void> => {
      if (guard.isNew() && !(await submit(options))) guard.reset()
    },
    /** The person has read where pictures and words go ... */
    agree: async (): Promise<void> => {
      const order = kind.order.getState()
      if (store.getState().phase !== 'disclosing' || !order) return
      store.setState({ phase: 'idle' })
      await deps.acknowledge(order.model)
      await submit()
    },
    /** ... or does not want it. */
    decline: () => store.setState({ phase: 'idle' }),
    dismissProblem: () => store.setState({ problem: null }),
    /** Follows what can end a problem. */
    start: () => deps.follow(kind, change => store.setState(state => after(change, state))),
    /** Somebody else may sit here now. */
    forget: () => {
      leaving.abort()
      leaving = new AbortController()
      guard.reset()
      reset(store)
    },
  }
}

export type Press = ReturnType<typeof createPress>
