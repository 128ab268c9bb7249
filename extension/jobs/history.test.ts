import { expect, test } from 'vitest'
import { ApiProblem } from '../platform/api/problem.ts'
import { createHistory } from './history.ts'
import { createResults } from './mirror.ts'
import { shownPictures } from './pages.ts'
import { idOf, picture } from './test/fixtures.ts'

/** 150 pictures at the backend, every third a favourite; `down` lets the line fail. */
function open() {
  const results = createResults()
  const line = { down: false, calls: [] as unknown[] }
  const truth = Array.from({ length: 150 }, (_, n) => picture(150 - n, { favourite: n % 3 === 0 }))
  const history = createHistory({
    results,
    api: {
      pictures: async (query = {}) => {
        line.calls.push(query)
        if (line.down) throw new ApiProblem('unreachable')
        const list = truth.filter(entry => !query.favourite || entry.favourite)
        const start = Number(query.cursor ?? 0)
        const end = start + (query.limit ?? 30)
        return { pictures: list.slice(start, end), next: end < list.length ? String(end) : null }
      },
    },
  })
  const shown = (list: 'all' | 'favourites') => shownPictures(results.store.getState(), list)
  return { history, line, shown }
}

test('reads page by page to the end, and not beyond', async () => {
  const { history, line, shown } = open()
  await history.refresh('all')
  expect(shown('all').at(0)?.id).toBe(idOf(150))
  await history.more('all')
  await history.more('all')
  expect(shown('all')).toHaveLength(150)
  await history.more('all')
  expect(line.calls).toHaveLength(3)
})

test('asked twice at once, a page is read once', async () => {
  const { history, line } = open()
  await Promise.all([history.refresh('all'), history.refresh('all'), history.more('all')])
  expect(line.calls).toHaveLength(1)
})

test('the favourites are a list of their own', async () => {
  const { history, shown } = open()
  await history.refresh('favourites')
  expect(shown('favourites')).toHaveLength(50)
  expect(shown('favourites').every(entry => entry.favourite)).toBe(true)
})

test('a failure is told, keeps what is there, and the same part is read again', async () => {
  const { history, line, shown } = open()
  await history.refresh('all')
  const before = shown('all').length
  line.down = true
  await history.more('all')
  expect(history.store.getState().all.problem?.code).toBe('unreachable')
  expect(shown('all')).toHaveLength(before)
  line.down = false
  await history.again('all')
  expect(history.store.getState().all).toEqual({ isLoading: false, problem: null })
  expect(shown('all').length).toBe(before * 2)
})
