import { expect, test } from 'vitest'
import type { Billing } from '../../bff/contract/billing.ts'
import type { StatementLine } from '../../bff/contract/credits.ts'
import { ApiProblem } from '../platform/api/problem.ts'
import { createStatement, totalOf } from './statement.ts'
import { billing, line } from './test/fixtures.ts'

/** 50 free credits, and 39 pictures since. */
const history = [...Array.from({ length: 39 }, (_, n) => line(100 - n, -1)), line(1, 50)]

function open(lines: StatementLine[] = history, totals: Billing[] = [billing(11)]) {
  const line = { down: false, asked: [] as unknown[], balancesRead: 0 }
  const statement = createStatement({
    api: {
      billing: async () => {
        line.balancesRead += 1
        return (totals.length > 1 ? totals.shift() : totals[0])!
      },
      statement: async ({ kind, cursor, limit = 50 }) => {
        line.asked.push({ kind, cursor })
        if (line.down) throw new ApiProblem('unreachable')
        const list = lines.filter(entry => kind === null || entry.kind === kind)
        const from = Number(cursor ?? 0)
        const end = from + limit
        return { lines: list.slice(from, end), next: end < list.length ? String(end) : null }
      },
    },
  })
  return { statement, line, left: () => statement.store.getState().lines.map(entry => entry.left) }
}

test('beside each line stands what was left after it, across the pages, down to the first credits', async () => {
  const { statement, left } = open()
  await statement.open(null)
  expect(left()).toHaveLength(30)
  await statement.more()
  expect(left()).toEqual([...Array.from({ length: 39 }, (_, n) => 11 + n), 50])
  expect(statement.store.getState().next).toBeNull()
})

test('held credits are still there, and what is owed is not', () => {
  const balance = { available: 0, free: 3, paid: 4, held: 5 }
  expect(totalOf({ balance, owed: 2 })).toBe(10)
})

test('one kind alone has no balance, and none is asked for', async () => {
  const { statement, line, left } = open()
  await statement.open('free')
  expect(left()).toEqual([null])
  expect(line).toMatchObject({ asked: [{ kind: 'free' }], balancesRead: 0 })
})

test('credits that move while the page is read are never written beside the wrong line', async () => {
  const moved = open(history, [billing(12), billing(11), billing(11)])
  await moved.statement.open(null)
  expect(moved.left()[0]).toBe(11)
  const restless = open(
    history,
    Array.from({ length: 9 }, (_, n) => billing(20 - n)),
  )
  await restless.statement.open(null)
  expect(restless.left()[0]).toBeNull()
})

test('an answer to what is no longer asked does not show', async () => {
  const { statement } = open()
  const slow = statement.open(null)
  await statement.open('spent')
  await slow
  expect(statement.store.getState().kind).toBe('spent')
  expect(new Set(statement.store.getState().lines.map(({ kind }) => kind))).toEqual(new Set(['spent']))
})

test('a line that is down leaves what was read, says why, and is read on from there', async () => {
  const { statement, line } = open()
  await statement.open(null)
  line.down = true
  await statement.more()
  expect(statement.store.getState()).toMatchObject({ isLoading: false, problem: { code: 'unreachable' } })
  expect(statement.store.getState().lines).toHaveLength(30)
  line.down = false
  await statement.more()
  expect(statement.store.getState().lines).toHaveLength(40)
})

test('pressed twice, the next page is read once; after signing out nothing is left', async () => {
  const { statement, line } = open()
  await statement.open(null)
  await Promise.all([statement.more(), statement.more()])
  expect(line.asked).toHaveLength(2)
  statement.empty()
  expect(statement.store.getState().lines).toEqual([])
})
