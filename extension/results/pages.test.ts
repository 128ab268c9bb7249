import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Picture } from '../../bff/contract/library.ts'
import { type Extent, shownPictures, unread, withPage } from './pages.ts'
import { emptyState, newestFirst, type ResultsState, withPicture } from './state.ts'
import { idOf, picture } from './test/fixtures.ts'

const fromCache = (...pictures: Picture[]): ResultsState =>
  pictures.reduce((state, entry) => withPicture(state, entry, { asked: 0, arrived: 0 }), emptyState)

/** The backend's list: newest first, pages of `size`, the cursor is the last id. */
function pageOf(truth: readonly Picture[], cursor: string | null | undefined, size: number, favourites: boolean) {
  const list = truth.filter(entry => !favourites || entry.favourite).sort(newestFirst)
  const start = cursor ? list.findIndex(entry => entry.id === cursor) + 1 : 0
  const pictures = list.slice(start, start + size)
  return { pictures, next: start + size < list.length ? (pictures.at(-1)?.id ?? null) : null }
}

function readAll(state: ResultsState, truth: readonly Picture[], size: number, favourites: boolean) {
  let tick = 1
  let current: { state: ResultsState; extent: Extent } = { state, extent: unread }
  do {
    const page = pageOf(truth, current.extent.next, size, favourites)
    current = withPage(current.state, current.extent, page, favourites, { asked: tick, arrived: tick + 1 })
    tick += 2
  } while (current.extent.next)
  return current
}

const pictures = fc.uniqueArray(fc.record({ n: fc.integer({ min: 1, max: 40 }), favourite: fc.boolean() }), {
  selector: entry => entry.n,
  maxLength: 25,
})
/** The time belongs to the picture, so it is the same in the copy and in the truth. */
const build = (entries: { n: number; favourite: boolean }[]): Picture[] =>
  entries.map(({ n, favourite }) => picture(n, { favourite, createdAt: 5_000 + (n % 7) }))

test('[P37] [P72] whatever the local copy holds, reading to the end shows exactly what the backend has', () => {
  fc.assert(
    fc.property(pictures, pictures, fc.integer({ min: 1, max: 9 }), fc.boolean(), (held, kept, size, favourites) => {
      const truth = build(kept)
      const { state, extent } = readAll(fromCache(...build(held)), truth, size, favourites)
      const expected = truth.filter(entry => !favourites || entry.favourite).sort(newestFirst)
      expect(shownPictures(state.pictures, extent, favourites)).toEqual(expected)
    }),
  )
})

test('a gap between the local copy and the first page is not shown', () => {
  const old = picture(1)
  const truth = [1, 2, 3, 4, 5].map(n => picture(n))
  const { state, extent } = withPage(fromCache(old), unread, pageOf(truth, null, 2, false), false, {
    asked: 1,
    arrived: 2,
  })
  expect(shownPictures(state.pictures, extent, false).map(entry => entry.id)).toEqual([idOf(5), idOf(4)])
  expect(state.pictures[old.id]).toEqual(old)
})

test('[P23] before anything was read, the local copy is shown whole', () => {
  const state = fromCache(picture(1), picture(2))
  expect(shownPictures(state.pictures, unread, false)).toHaveLength(2)
})

test('reading the favourites never removes a picture, it only corrects the star', () => {
  const held = [picture(1, { favourite: true }), picture(2, { favourite: true })]
  const truth = [picture(1), picture(2, { favourite: true })]
  const { state } = readAll(fromCache(...held), truth, 5, true)
  expect(Object.keys(state.pictures)).toHaveLength(2)
  expect(state.pictures[idOf(1)]?.favourite).toBe(false)
})

test('a picture that was made after the first page was asked for stays', () => {
  const state = withPicture(emptyState, picture(9), { asked: 3, arrived: 3 })
  const page = withPage(state, unread, { pictures: [picture(1)], next: null }, false, { asked: 1, arrived: 4 })
  expect(Object.keys(page.state.pictures).sort()).toEqual([idOf(1), idOf(9)])
})
