import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Picture } from '../../../bff/contract/library.ts'
import { createFiles } from '../files/files.ts'
import { idOf, picture } from '../test/fixtures.ts'
import type { CacheDatabase } from './cache-database.ts'
import { chooseEvictions, chooseOldRows } from './eviction.ts'
import { createLocalCache } from './local-cache.ts'
import type { CacheEntry } from './rows.ts'

/** The database's promises kept in memory; `failWith` makes every call fail. */
function createMemory() {
  let owner: string | null = null
  const rows = new Map<string, Picture>()
  const entries = new Map<string, CacheEntry>()
  const blobs = new Map<string, Blob>()
  let dismissed: readonly string[] = []
  const state = { failWith: undefined as Error | undefined, failures: Number.POSITIVE_INFINITY }
  const database: CacheDatabase = {
    owner: async () => owner,
    reset: async next => {
      owner = next
      dismissed = []
      for (const map of [rows, entries, blobs]) map.clear()
    },
    pictures: async () => [...rows.values()],
    savePictures: async (person, list) => {
      if (person === owner) for (const row of list) rows.set(row.id, row)
    },
    removePictures: async ids => {
      for (const id of ids) rows.delete(id)
    },
    dismissed: async () => [...dismissed],
    saveDismissed: async (person, ids) => {
      if (person === owner) dismissed = ids
    },
    entries: async () => [...entries.values()],
    blob: async (key, usedAt) => {
      const entry = entries.get(key)
      if (entry) entries.set(key, { ...entry, usedAt })
      return blobs.get(key)
    },
    saveBlob: async (person, entry, blob) => {
      if (state.failWith && state.failures-- > 0) throw state.failWith
      if (person !== owner) return
      entries.set(entry.key, entry)
      blobs.set(entry.key, blob)
    },
    removeBlobs: async keys => {
      for (const key of keys) {
        entries.delete(key)
        blobs.delete(key)
      }
    },
  }
  return { database, rows, entries, state }
}

function createCache(limit = 1_000) {
  const memory = createMemory()
  const troubles: number[] = []
  let time = 0
  const cache = createLocalCache({
    open: async () => memory.database,
    now: () => ++time,
    limit,
    onTrouble: () => troubles.push(1),
  })
  return { ...memory, cache, troubles }
}

const blob = (bytes: number) => new Blob([new Uint8Array(bytes)])
const used = (entries: Map<string, CacheEntry>) => [...entries.values()].reduce((sum, entry) => sum + entry.bytes, 0)

test('what must go is what was used longest ago, and no more of it than needed', () => {
  const entry = fc.record({ key: fc.uuid(), bytes: fc.nat(1_000), usedAt: fc.nat(50) })
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: one => one.key }), fc.nat(5_000), (entries, limit) => {
      const evicted = new Set(chooseEvictions(entries, limit))
      const kept = entries.filter(one => !evicted.has(one.key))
      const gone = entries.filter(one => evicted.has(one.key))
      const sum = (list: CacheEntry[]) => list.reduce((total, one) => total + one.bytes, 0)
      expect(sum(kept)).toBeLessThanOrEqual(limit)
      for (const one of gone) for (const other of kept) expect(one.usedAt).toBeLessThanOrEqual(other.usedAt)
      const last = gone.reduce<CacheEntry | undefined>((a, b) => (a && a.usedAt > b.usedAt ? a : b), undefined)
      if (last && last.bytes > 0 && gone.filter(one => one.usedAt === last.usedAt).length === 1)
        expect(sum(kept) + last.bytes).toBeGreaterThan(limit)
    }),
  )
  expect(chooseOldRows([picture(1), picture(3), picture(2)], 2)).toEqual([idOf(1)])
})

test('stays under its limit however much is stored; what was looked at last stays', async () => {
  const { cache, entries } = createCache(1_000)
  await cache.open('anna')
  for (let n = 0; n < 40; n++) {
    await cache.saveBlob('anna', 'file', idOf(n), blob(100))
    await cache.blob('file', idOf(0))
    expect(used(entries)).toBeLessThanOrEqual(1_000 + 100)
  }
  expect(await cache.blob('file', idOf(0))).toBeDefined()
  expect(await cache.blob('file', idOf(1))).toBeUndefined()
  await cache.saveBlob('anna', 'file', idOf(99), blob(2_000))
  expect(await cache.blob('file', idOf(99))).toBeUndefined()
})

test('a full disk: the copy is trimmed and the picture kept; when that does not help, the person is told once', async () => {
  const { cache, state, entries, troubles } = createCache(1_000)
  await cache.open('anna')
  for (let n = 0; n < 9; n++) await cache.saveBlob('anna', 'file', idOf(n), blob(100))
  state.failWith = new DOMException('full', 'QuotaExceededError')
  state.failures = 1
  await cache.saveBlob('anna', 'file', idOf(20), blob(100))
  expect(used(entries)).toBeLessThanOrEqual(600)
  expect(await cache.blob('file', idOf(20))).toBeDefined()
  expect(troubles).toHaveLength(0)

  state.failures = Number.POSITIVE_INFINITY
  await cache.saveBlob('anna', 'file', idOf(21), blob(100))
  await cache.saveBlob('anna', 'file', idOf(22), blob(100))
  await cache.savePictures([picture(1)])
  expect(troubles).toHaveLength(1)
})

test('[C93b] without a database everything answers as if nothing were kept, and the person is told once', async () => {
  const troubles: number[] = []
  const cache = createLocalCache({
    open: () => Promise.reject(new Error('blocked')),
    now: () => 0,
    onTrouble: () => troubles.push(1),
  })
  expect(await cache.open('anna')).toEqual({ pictures: [], dismissed: [] })
  await cache.savePictures([picture(1)])
  await cache.reset(null)
  expect(await cache.blob('file', idOf(1))).toBeUndefined()
  expect(troubles).toHaveLength(1)
})

test('the copy of one person is emptied before another sees it', async () => {
  const { cache, rows } = createCache()
  await cache.open('anna')
  await cache.savePictures([picture(1)])
  await cache.saveBlob('anna', 'thumbnail', idOf(1), blob(10))
  await cache.saveDismissed([idOf(5)])
  expect(await cache.open('anna')).toEqual({ pictures: [picture(1)], dismissed: [idOf(5)] })
  expect(await cache.open('ben')).toEqual({ pictures: [], dismissed: [] })
  expect(await cache.blob('thumbnail', idOf(1))).toBeUndefined()
  await cache.saveBlob('anna', 'thumbnail', idOf(1), blob(10))
  expect([rows.size, await cache.blob('thumbnail', idOf(1))]).toEqual([0, undefined])
})

test('once emptied at sign-out, late writes of another panel are refused', async () => {
  const { cache, database, rows } = createCache()
  await cache.open('anna')
  await cache.savePictures([picture(1)])
  await database.reset(null)
  await cache.savePictures([picture(2)])
  await cache.saveBlob('anna', 'file', idOf(2), blob(10))
  expect([rows.size, await cache.blob('file', idOf(2))]).toEqual([0, undefined])
})

test('keeps the fields of the contract and nothing else', async () => {
  const { cache, rows } = createCache()
  await cache.open('anna')
  const answered = { ...picture(1), pageUrl: 'https://page.example/secret' }
  await cache.savePictures([answered])
  expect([...rows.values()]).toEqual([picture(1)])
})

test('a removed picture takes its files along', async () => {
  const { cache, entries, rows } = createCache()
  await cache.open('anna')
  await cache.savePictures([picture(1), picture(2)])
  for (const kind of ['thumbnail', 'file'] as const) await cache.saveBlob('anna', kind, idOf(1), blob(10))
  await cache.removePictures([idOf(1)])
  expect([[...rows.keys()], entries.size]).toEqual([[idOf(2)], 0])
})

test('bytes are fetched once and then come from the copy', async () => {
  const { cache } = createCache()
  await cache.open('anna')
  const calls: string[] = []
  const answer = async (id: string) => {
    calls.push(id)
    return blob(10)
  }
  const files = createFiles({ api: { file: answer, thumbnail: answer }, cache })
  const [first, second] = await Promise.all([files.blob('file', 'a'), files.blob('file', 'a')])
  expect(first).toBe(second)
  await files.blob('file', 'a')
  expect(calls).toEqual(['a'])
  await files.blob('thumbnail', 'a')
  expect(calls).toEqual(['a', 'a'])
})

test('bytes that could not be fetched are asked for again the next time', async () => {
  const { cache } = createCache()
  await cache.open('anna')
  let isDown = true
  const file = async () => {
    if (isDown) throw new Error('down')
    return blob(10)
  }
  const files = createFiles({ api: { file, thumbnail: file }, cache })
  await expect(files.blob('file', 'a')).rejects.toThrow('down')
  isDown = false
  expect((await files.blob('file', 'a')).size).toBe(10)
})
