import type { Generation } from '../../../bff/contract/generations.ts'
import type { BackendEvent } from '../../platform/api/events.ts'
import { ApiProblem } from '../../platform/api/problem.ts'
import { createFollower, type FollowerOptions } from '../follower.ts'
import { createResults } from '../mirror.ts'
import { idOf } from './fixtures.ts'

/** Lets everything that is ready go on; nothing here waits for a timer. */
export const breathe = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

interface Request {
  name: string
  /** Looks at the backend's truth; until then nothing is decided. */
  evaluate: () => void
  /** The answer arrives. */
  deliver: () => void
  fail: (problem?: ApiProblem) => void
  evaluated: boolean
}

/** A panel whose calls are answered by hand, in any order. */
export function createPanel(truth: Map<string, Generation>) {
  const requests: Request[] = []
  const pauses: { ms: number; wake: () => void }[] = []
  const results = createResults()
  const balances: number[] = []
  let stream: Parameters<FollowerOptions['api']['events']>[0] | undefined

  function request<T>(name: string, read: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let answer: T
      const remove = () => requests.splice(requests.indexOf(entry), 1)
      const entry: Request = {
        name,
        evaluated: false,
        evaluate: () => {
          answer = structuredClone(read())
          entry.evaluated = true
        },
        deliver: () => {
          if (!entry.evaluated) entry.evaluate()
          remove()
          resolve(answer)
        },
        fail: (problem = new ApiProblem('unreachable')) => {
          remove()
          reject(problem)
        },
      }
      requests.push(entry)
    })
  }

  const follow = createFollower({
    results,
    api: {
      generations: () => request('list', () => ({ generations: [...truth.values()] })),
      generation: id => request(id, () => truth.get(id)!),
      events: options => {
        stream = options
        return new Promise(resolve => options.signal.addEventListener('abort', () => resolve()))
      },
    },
    onBalance: () => balances.push(1),
    pause: (ms, signal) =>
      new Promise((resolve, reject) => {
        pauses.push({ ms, wake: resolve })
        signal.addEventListener('abort', () => reject(signal.reason))
      }),
  })

  return {
    results,
    requests,
    balances,
    pauses,
    request,
    follow,
    connect: (connected: boolean) => stream?.onConnected?.(connected),
    event: (event: BackendEvent) => stream?.onEvent(event),
    tick: async () => {
      pauses.splice(0).forEach(pause => {
        pause.wake()
      })
      await breathe()
    },
    deliverAll: async () => {
      while (requests.length > 0) {
        // The latest first: the order that hurts most.
        requests.at(-1)?.deliver()
        await breathe()
      }
    },
    job: (n: number) => results.store.getState().jobs[idOf(n + 1000)],
  }
}
