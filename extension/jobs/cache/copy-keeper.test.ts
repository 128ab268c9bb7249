import { expect, test } from 'vitest'
import type { Picture } from '../../../bff/contract/library.ts'
import { createResults } from '../mirror.ts'
import { withDismissed, withoutPicture, withPicture } from '../state.ts'
import { idOf, picture } from '../test/fixtures.ts'
import { changesBetween, keepCopy } from './copy-keeper.ts'
import type { LocalCache } from './local-cache.ts'

/** A copy that holds `pictures` and writes down what is asked of it. */
function createCopy(pictures: Picture[], dismissed: string[] = []) {
  const log: unknown[] = []
  const cache: Pick<LocalCache, 'open' | 'savePictures' | 'removePictures' | 'saveDismissed'> = {
    open: async () => ({ pictures, dismissed }),
    savePictures: async saved => void log.push(['save', ...saved.map(entry => entry.id)]),
    removePictures: async ids => void log.push(['remove', ...ids]),
    saveDismissed: async ids => void log.push(['dismissed', ...ids]),
  }
  return { log, cache }
}

test('what the copy holds shows before the backend has answered, and never overrides an answer', async () => {
  const results = createResults()
  results.receive(picture(1, { favourite: true }), withPicture)
  const { cache } = createCopy([picture(1), picture(2)], [idOf(9)])
  await keepCopy(results, cache, 'anna', new AbortController().signal)
  const { pictures, dismissed } = results.store.getState()
  expect(pictures).toEqual({ [idOf(1)]: picture(1, { favourite: true }), [idOf(2)]: picture(2) })
  expect(dismissed).toEqual([idOf(9)])
})

test('the copy follows the panel: new, changed and removed pictures, closed notes', async () => {
  const results = createResults()
  results.receive(picture(3), withPicture)
  const { cache, log } = createCopy([picture(1), picture(2)])
  const leave = new AbortController()
  await keepCopy(results, cache, 'anna', leave.signal)
  expect(log.splice(0)).toEqual([['save', idOf(3)]])

  results.receive(picture(1, { favourite: true }), withPicture)
  results.receive(idOf(2), withoutPicture)
  results.receive(picture(1, { favourite: true }), withPicture)
  results.update(state => withDismissed(state, idOf(8)))
  expect(log.splice(0)).toEqual([
    ['save', idOf(1)],
    ['remove', idOf(2)],
    ['dismissed', idOf(8)],
  ])

  results.empty()
  leave.abort()
  results.receive(picture(4), withPicture)
  expect(log).toEqual([])
})

test('a copy that opens after its person has left is not shown', async () => {
  const results = createResults()
  const leave = new AbortController()
  const { cache } = createCopy([picture(1)])
  const opening = keepCopy(results, cache, 'anna', leave.signal)
  results.empty()
  leave.abort()
  await opening
  expect(results.store.getState().pictures).toEqual({})
})

test('[C126] a fact that the backend tells anew reaches the panel and the copy, whatever it is about', async () => {
  const results = createResults()
  const { cache, log } = createCopy([picture(1), picture(2)])
  await keepCopy(results, cache, 'anna', new AbortController().signal)
  const newer = { ...picture(1, { width: 2048 }), title: 'A boat' }
  results.receive(newer, withPicture)
  results.receive(picture(2), withPicture)
  expect(results.store.getState().pictures[idOf(1)]).toEqual(newer)
  expect(log).toEqual([['save', idOf(1)]])
})

test('nothing is written for what did not change', () => {
  const same = { [idOf(1)]: picture(1) }
  expect(changesBetween(same, same)).toEqual({ saved: [], removed: [] })
})
