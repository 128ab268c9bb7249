import { createStore } from 'zustand/vanilla'
import type { Balance, StatementKind, StatementLine } from '../../bff/contract/credits.ts'
import type { Api } from '../platform/api/api.ts'
import { type ApiProblem, asProblem } from '../platform/api/problem.ts'

/** `left`: all credits after this line, those held for open jobs among them; null in a list of one kind. */
export type ShownLine = StatementLine & { left: number | null }

export interface Statement {
  kind: StatementKind | null
  lines: readonly ShownLine[]
  /** Cursor of the next page; null at the end. */
  next: string | null
  isLoading: boolean
  problem: ApiProblem | null
}

const empty: Statement = { kind: null, lines: [], next: null, isLoading: false, problem: null }
const pageSize = 30

/** All lines together: what can be spent, what is held, less what is owed. */
export const totalOf = ({ balance, owed }: { balance: Balance; owed: number }) =>
  balance.free + balance.paid + balance.held - owed

/** Writes beside each line what was left after it, from the newest down; `total` is what is left after the first. */
export function withLeft(lines: readonly StatementLine[], total: number | null): ShownLine[] {
  let left = total
  return lines.map(line => {
    const shown = { ...line, left }
    if (left !== null) left -= line.credits
    return shown
  })
}

/** The statement, page by page; choosing another kind begins anew. */
export function createStatement({ api }: { api: Pick<Api, 'statement' | 'billing'> }) {
  const store = createStore<Statement>(() => empty)
  let turn = 0

  /** Credits may move between two answers: only a page with the same total before and after it goes with that total. */
  async function firstPage(kind: StatementKind | null) {
    const read = () => api.statement({ kind, limit: pageSize })
    if (kind !== null) return { page: await read(), total: null }
    let before = totalOf(await api.billing())
    for (let tries = 3; tries > 0; tries--) {
      const page = await read()
      const after = totalOf(await api.billing())
      if (after === before) return { page, total: after }
      before = after
    }
    return { page: await read(), total: null }
  }

  async function nextPage({ kind, lines, next }: Statement) {
    const last = lines.at(-1)
    const page = await api.statement({ kind, limit: pageSize, cursor: next ?? undefined })
    return { page, total: last && last.left !== null ? last.left - last.credits : null }
  }

  async function load(kind: StatementKind | null, part: 'first' | 'next') {
    const own = ++turn
    const before =
      part === 'first'
        ? { ...empty, kind, lines: store.getState().kind === kind ? store.getState().lines : [] }
        : store.getState()
    store.setState({ ...before, isLoading: true, problem: null })
    try {
      const { page, total } = part === 'first' ? await firstPage(kind) : await nextPage(before)
      if (own !== turn) return
      const lines = withLeft(page.lines, total)
      store.setState({ ...empty, kind, next: page.next, lines: part === 'first' ? lines : [...before.lines, ...lines] })
    } catch (error) {
      if (own === turn) store.setState({ ...before, isLoading: false, problem: asProblem(error) })
    }
  }

  return {
    store,
    /** Reads from the newest line on. */
    open: (kind: StatementKind | null) => load(kind, 'first'),
    /** Reads on, if there is more and nothing is being read. */
    async more() {
      const { kind, next, isLoading } = store.getState()
      if (next !== null && !isLoading) await load(kind, 'next')
    },
    empty() {
      turn += 1
      store.setState(empty, true)
    },
  }
}
