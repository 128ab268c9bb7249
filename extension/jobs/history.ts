import { createStore } from 'zustand/vanilla'
import type { Api } from '../platform/api/api.ts'
import { type ApiProblem, asProblem } from '../platform/api/problem.ts'
import { reset } from '../platform/reset.ts'
import type { Results } from './mirror.ts'
import { withFirstPage, withNextPage } from './pages.ts'
import type { ListName } from './state.ts'

const pageSize = 60

export interface Loading {
  isLoading: boolean
  /** Why the last page could not be read; what was read before stays. */
  problem: ApiProblem | null
}

const idle: Loading = { isLoading: false, problem: null }

/** Reads the lists of the history page by page, one page of a list at a time. */
export function createHistory({ api, results }: { api: Pick<Api, 'pictures'>; results: Results }) {
  const store = createStore<Record<ListName, Loading>>(() => ({ all: idle, favourites: idle }))
  /** Counts the people: how the read for one who has left ended is nothing to the next. */
  let turn = 0

  async function load(list: ListName, part: 'first' | 'next'): Promise<void> {
    if (store.getState()[list].isLoading) return
    const own = turn
    store.setState({ [list]: { isLoading: true, problem: null } })
    const cursor = part === 'next' ? (results.store.getState().lists[list].next ?? undefined) : undefined
    const receive = part === 'next' ? withNextPage : withFirstPage
    try {
      await results.read(
        () => api.pictures({ cursor, limit: pageSize, ...(list === 'favourites' && { favourite: true }) }),
        (state, page, time) => receive(state, list, page, time),
      )
      if (own === turn) store.setState({ [list]: idle })
    } catch (error) {
      if (own === turn) store.setState({ [list]: { isLoading: false, problem: asProblem(error) } })
    }
  }

  const hasMore = (list: ListName): boolean => Boolean(results.store.getState().lists[list].next)

  return {
    store,
    /** Reads the newest page again, e.g. when the history is opened. */
    refresh: (list: ListName): Promise<void> => load(list, 'first'),
    /** Reads on, if there is more and nothing is being read. */
    more: async (list: ListName): Promise<void> => {
      if (hasMore(list)) await load(list, 'next')
    },
    /** After a failure: what could not be read. */
    again: (list: ListName): Promise<void> => load(list, hasMore(list) ? 'next' : 'first'),
    forget: (): void => {
      turn += 1
      reset(store)
    },
  }
}
