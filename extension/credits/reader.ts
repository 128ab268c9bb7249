import { createStore } from 'zustand/vanilla'
import type { Billing, Purchase } from '../../bff/contract/billing.ts'
import type { Api } from '../platform/api/api.ts'
import { type ApiProblem, asProblem } from '../platform/api/problem.ts'
import { onceAtATime } from '../platform/once-at-a-time.ts'

export interface Credits {
  /** Null until it has been read once. The balance is the account's alone. */
  billing: Omit<Billing, 'balance'> | null
  /** The newest ones, newest first. */
  purchases: readonly Purchase[]
  /** Why the last reading failed; what was read before stays. */
  problem: ApiProblem | null
}

const unread: Credits = { billing: null, purchases: [], problem: null }
const purchasesRead = 10

interface ReaderOptions {
  api: Pick<Api, 'billing' | 'purchases'>
}

/** What the page of credits shows, as last read from the backend. */
export function createReader({ api }: ReaderOptions) {
  const store = createStore<Credits>(() => unread)
  /** Counts the people: an answer for somebody who has left is not shown to the next. */
  let turn = 0

  const read = onceAtATime(async (_: 'all') => {
    const own = turn
    try {
      const [{ balance: _, ...billing }, { purchases }] = await Promise.all([
        api.billing(),
        api.purchases({ limit: purchasesRead }),
      ])
      if (own !== turn) return
      store.setState({ billing, purchases, problem: null })
    } catch (error) {
      if (own === turn) store.setState({ problem: asProblem(error) })
    }
  })

  return {
    store,
    /** Reads all of it again; never rejects. */
    refresh: () => read('all'),
    empty() {
      turn += 1
      store.setState(unread, true)
    },
  }
}
