import { createHash, randomUUIDv7 } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { BlobDamaged, BlobMissing, createBlobStore } from './blob-store.ts'

async function setUp() {
  const dir = join(await mkdtemp(join(tmpdir(), 'mimicit-blobs-')), 'blobs')
  onTestFinished(() => rm(join(dir, '..'), { recursive: true, force: true }))
  const time = { now: Date.now() }
  return { dir, time, blobs: createBlobStore({ dir, now: () => time.now }), me: randomUUIDv7() }
}
const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

test('a blob comes back under the hash of its bytes, and only for its person', async () => {
  const { blobs, me } = await setUp()
  const hash = await blobs.put(me, [Buffer.from('sealed')])
  expect(hash).toBe(createHash('sha256').update('sealed').digest('hex'))
  expect((await blobs.get(me, hash)).toString()).toBe('sealed')
  expect(await blobs.put(me, [Buffer.from('sealed')])).toBe(hash)
  const other = randomUUIDv7()
  await expect(blobs.get(other, hash)).rejects.toThrow(BlobMissing)
  await blobs.remove(me, hash)
  await blobs.remove(me, hash)
  await expect(blobs.get(me, hash)).rejects.toThrow(BlobMissing)
})

test('files are 0600, folders 0700', async () => {
  const { dir, blobs, me } = await setUp()
  const hash = await blobs.put(me, [Buffer.from('sealed')])
  expect(await mode(join(dir, me, hash))).toBe('600')
  for (const folder of [dir, join(dir, me), join(dir, 'unfinished')]) expect(await mode(folder)).toBe('700')
})

test('a changed byte is noticed', async () => {
  const { dir, blobs, me } = await setUp()
  const hash = await blobs.put(me, [Buffer.from('sealed')])
  await writeFile(join(dir, me, hash), 'Sealed')
  await expect(blobs.get(me, hash)).rejects.toThrow(BlobDamaged)
})

test('names that are no ids or hashes reach no file', async () => {
  const { blobs, me } = await setUp()
  expect(() => blobs.remove('../..', 'a'.repeat(64))).toThrow(TypeError)
  expect(() => blobs.remove(me, '../../etc/passwd')).toThrow(TypeError)
})

describe('[C68] no half file is seen, what nobody knows is swept', () => {
  test('a write that fails leaves no half file', async () => {
    const { dir, blobs, me } = await setUp()
    await blobs.put(me, [Buffer.from('first')])
    await rm(join(dir, me), { recursive: true })
    await writeFile(join(dir, me), 'a file where the folder should be')
    await expect(blobs.put(me, [Buffer.from('second')])).rejects.toThrow()
    expect(await readdir(join(dir, 'unfinished'))).toEqual([])
  })

  test('a sweep removes unfinished and unknown files once they are old, and nothing else', async () => {
    const { dir, time, blobs, me } = await setUp()
    const known = await blobs.put(me, [Buffer.from('known')])
    await blobs.put(me, [Buffer.from('orphan')])
    await writeFile(join(dir, 'unfinished', 'half'), 'hal')
    const isKnown = async (personId: string, hash: string) => personId === me && hash === known
    expect(await blobs.sweep(isKnown, 60_000)).toBe(0)
    time.now += 120_000
    const young = new Date(time.now)
    const fresh = await blobs.put(me, [Buffer.from('being stored')])
    await utimes(join(dir, me, fresh), young, young)
    expect(await blobs.sweep(isKnown, 60_000)).toBe(2)
    expect((await readdir(join(dir, me))).sort()).toEqual([known, fresh].sort())
    expect(await readdir(join(dir, 'unfinished'))).toEqual([])
  })
})

test('a sweep of many files lets others go on', async () => {
  const { dir, time, blobs, me } = await setUp()
  await blobs.put(me, [Buffer.from('known')])
  const files = 300
  for (let i = 0; i < files; i++) await writeFile(join(dir, me, i.toString(16).padStart(64, '0')), '')
  time.now += 120_000
  let turn = 0
  let isOver = false
  const count = () => {
    turn += 1
    if (!isOver) setImmediate(count)
  }
  count()
  const turns = new Set<number>()
  await blobs.sweep(async () => turns.add(turn).size > 0, 60_000)
  isOver = true
  expect(turns.size).toBeGreaterThan(files / 2)
})

test('a sweep of a store that has never stored finds nothing', async () => {
  const { blobs } = await setUp()
  expect(await blobs.sweep(async () => true, 0)).toBe(0)
})

test('once it has closed nothing in its folder changes: what was under way has ended, the rest is refused', async () => {
  const { dir, blobs, me } = await setUp()
  const old = await blobs.put(me, [Buffer.from('old')])
  const large = Array.from({ length: 64 }, (_, index) => Buffer.alloc(64 * 1024, index))
  const underWay = [blobs.put(me, large), blobs.put(randomUUIDv7(), [Buffer.from('of a new person')])]
  await blobs.close()
  const files = await readdir(dir, { recursive: true })
  const hashes = await Promise.all(underWay)
  expect(files.map(path => basename(path))).toEqual(expect.arrayContaining([old, ...hashes]))
  const late = [blobs.put(me, [Buffer.from('late')]), blobs.remove(me, old), blobs.sweep(async () => false, 0)]
  for (const change of late) await expect(change).rejects.toMatchObject({ code: 'unavailable' })
  expect(await readdir(dir, { recursive: true })).toEqual(files)
  expect((await blobs.get(me, old)).toString()).toBe('old')
})
