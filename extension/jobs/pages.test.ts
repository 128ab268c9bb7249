import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Picture } from '../../bff/contract/library.ts'
import { shownPictures, withFirstPage, withNextPage } from './pages.ts'
import { emptyState, type ListName, newestFirst, type ResultsState, withPicture } from './state.ts'
import { idOf, picture } from './test/fixtures.ts'

const fromCache = (...pictures: Picture[]): ResultsState =>
  pictures.reduce((state, entry) => withPicture(state, entry, { asked: 0, arrived: 0 }), emptyState)

/** The backend's list: newest first, pages of `size`, the cursor is the last id. */
function pageOf(truth: readonly Picture[], cursor: string | null | undefined, size: number, list: ListName) {
  const sorted = truth.filter(entry => list === 'all' || entry.favourite).sort(newestFirst)
  const start = cursor ? sorted.findIndex(entry => entry.id === cursor) + 1 : 0
  const pictures = sorted.slice(start, start + size)
  return { pictures, next: start + size < sorted.length ? (pictures.at(-1)?.id ?? null) : null }
}

/** Reads to the end; returns what is shown then. */
function readAll(state: ResultsState, truth: readonly Picture[], size: number, list: ListName) {
  const page = (current: ResultsState) => pageOf(truth, current.lists[list].next, size, list)
  let current = withFirstPage(state, list, page(state), { asked: 1, arrived: 2 })
  for (let tick = 3; current.lists[list].next; tick += 2)
    current = withNextPage(current, list, page(current), { asked: tick, arrived: tick + 1 })
  return current
}

const pictures = fc.uniqueArray(fc.record({ n: fc.integer({ min: 1, max: 40 }), favourite: fc.boolean() }), {
  selector: entry => entry.n,
  maxLength: 25,
})
/** The time belongs to the picture, so it is the same in the copy and in the truth. */
const build = (entries: { n: number; favourite: boolean }[]): Picture[] =>
  entries.map(({ n, favourite }) => picture(n, { favourite, createdAt: 5_000 + (n % 7) }))

const lists = fc.constantFrom<ListName>('all', 'favourites')
const listed = (truth: readonly Picture[], list: ListName) =>
  truth.filter(entry => list === 'all' || entry.favourite).sort(newestFirst)

test('whatever the local copy holds, reading to the end shows exactly what the backend has', () => {
  fc.assert(
    fc.property(pictures, pictures, fc.integer({ min: 1, max: 9 }), lists, (held, kept, size, list) => {
      const truth = build(kept)
      const state = readAll(fromCache(...build(held)), truth, size, list)
      expect(shownPictures(state, list)).toEqual(listed(truth, list))
    }),
  )
})

test('reading the first page again takes in what changed at the top, and reading on shows everything', () => {
  fc.assert(
    fc.property(pictures, pictures, fc.integer({ min: 1, max: 9 }), (before, added, size) => {
      const old = build(before)
      const fresh = build(added).map(entry => ({ ...entry, id: entry.id.replace('8000', '9000'), createdAt: 9_000 }))
      const read = readAll(emptyState, old, size, 'all')
      const truth = [...fresh, ...old.slice(1)]
      const pages = truth.slice().sort(newestFirst)
      let state = withFirstPage(read, 'all', pageOf(pages, null, size, 'all'), { asked: 900, arrived: 901 })
      for (let tick = 902; state.lists.all.next; tick += 2)
        state = withNextPage(state, 'all', pageOf(pages, state.lists.all.next, size, 'all'), {
          asked: tick,
          arrived: tick + 1,
        })
      for (const entry of fresh) expect(state.pictures[entry.id]).toEqual(entry)
    }),
  )
})

test('a gap between the local copy and the first page is not shown', () => {
  const old = picture(1)
  const truth = [1, 2, 3, 4, 5].map(n => picture(n))
  const page = pageOf(truth, null, 2, 'all')
  const state = withFirstPage(fromCache(old), 'all', page, { asked: 1, arrived: 2 })
  expect(shownPictures(state, 'all').map(entry => entry.id)).toEqual([idOf(5), idOf(4)])
  expect(state.pictures[old.id]).toEqual(old)
})

test('reading the top again keeps the place further down, unless it no longer reaches it', () => {
  const truth = [1, 2, 3, 4].map(n => picture(n))
  const deep = readAll(emptyState, truth, 2, 'all')
  const again = withFirstPage(deep, 'all', pageOf(truth, null, 2, 'all'), { asked: 90, arrived: 91 })
  expect(shownPictures(again, 'all')).toHaveLength(4)
  const later = [...truth, ...[7, 8, 9].map(n => picture(n))]
  const apart = withFirstPage(deep, 'all', pageOf(later, null, 2, 'all'), { asked: 90, arrived: 91 })
  expect(shownPictures(apart, 'all').map(entry => entry.id)).toEqual([idOf(9), idOf(8)])
})

test('before anything was read, the local copy is shown whole', () => {
  expect(shownPictures(fromCache(picture(1), picture(2)), 'all')).toHaveLength(2)
})

test('reading the favourites never removes a picture, it only corrects the star', () => {
  const held = [picture(1, { favourite: true }), picture(2, { favourite: true })]
  const truth = [picture(1), picture(2, { favourite: true })]
  const state = readAll(fromCache(...held), truth, 5, 'favourites')
  expect(Object.keys(state.pictures)).toHaveLength(2)
  expect(state.pictures[idOf(1)]?.favourite).toBe(false)
})

test('a picture that was made after the first page was asked for stays', () => {
  const state = withPicture(emptyState, picture(9), { asked: 3, arrived: 3 })
  const page = { pictures: [picture(1)], next: null }
  const read = withFirstPage(state, 'all', page, { asked: 1, arrived: 4 })
  expect(Object.keys(read.pictures).sort()).toEqual([idOf(1), idOf(9)])
})
