import { openDB } from 'idb'
import { beforeEach, expect, test } from 'vitest'
import { installFakePage } from '../../platform/test/fake-page.ts'
import { idOf, picture } from '../test/fixtures.ts'
import { openCacheDatabase } from './cache-database.ts'
import { createLocalCache } from './local-cache.ts'

beforeEach(installFakePage)

const openCache = async () => {
  const cache = createLocalCache({ open: openCacheDatabase, now: () => 1, onTrouble: () => expect.unreachable() })
  return { ...cache, held: await cache.open('anna') }
}

/** Writes past everything that checks. */
const put = async (store: string, value: unknown, key?: IDBValidKey) => {
  const database = await openDB('results')
  await database.put(store, value, key)
  database.close()
}
const all = async (store: string) => {
  const database = await openDB('results')
  const rows = await database.getAll(store)
  database.close()
  return rows
}

test('what was kept is there when the panel opens again', async () => {
  const first = await openCache()
  await first.savePictures([picture(1), picture(2)])
  await first.saveDismissed([idOf(7)])
  await first.saveBlob('anna', 'thumbnail', idOf(1), new Blob(['small']))
  const again = await openCache()
  expect(again.held).toEqual({ pictures: [picture(1), picture(2)], dismissed: [idOf(7)] })
  expect((await again.blob('thumbnail', idOf(1)))?.size).toBe(5)
})

const { favourite: _, ...withoutFavourite } = picture(2)
test.each([
  ['a field is missing', withoutFavourite],
  ['a field is of another kind', picture(2, { createdAt: 'yesterday' as unknown as number })],
  ['an option is missing', picture(2, { options: { aspect: '1:1' } as ReturnType<typeof picture>['options'] })],
  ['nothing but its id', { id: idOf(2) }],
])('a row that is damaged is not shown, and goes: %s', async (_, row) => {
  await (await openCache()).savePictures([picture(1)])
  await put('pictures', row)
  expect((await openCache()).held.pictures).toEqual([picture(1)])
  expect(await all('pictures')).toEqual([picture(1)])
})

test('a damaged note of a file goes with its bytes, and so do bytes that are none', async () => {
  const cache = await openCache()
  await cache.saveBlob('anna', 'file', idOf(1), new Blob(['one']))
  await cache.saveBlob('anna', 'file', idOf(2), new Blob(['two']))
  await put('entries', { key: `file/${idOf(1)}`, bytes: 'many' })
  await put('blobs', 'not bytes', `file/${idOf(2)}`)
  await put('facts', [1, 2], 'dismissed')
  const again = await openCache()
  expect(again.held.dismissed).toEqual([])
  expect(await again.blob('file', idOf(1))).toBeUndefined()
  expect(await again.blob('file', idOf(2))).toBeUndefined()
  expect(await all('blobs')).toEqual(['not bytes'])
})

test('a copy of an older version is begun anew', async () => {
  const old = await openDB('results', 1, {
    upgrade: database => {
      for (const store of ['facts', 'blobs']) database.createObjectStore(store)
      database.createObjectStore('pictures', { keyPath: 'id' })
      database.createObjectStore('entries', { keyPath: 'key' })
    },
  })
  await old.put('facts', 'anna', 'owner')
  await old.put('pictures', picture(1))
  old.close()
  expect((await openCache()).held.pictures).toEqual([])
  expect(await all('pictures')).toEqual([])
})
