import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { insertPerson } from '../test/rows.ts'
import { openDatabase } from './open.ts'

const system = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'ignore' })

const dir = mkdtempSync(join(tmpdir(), 'mimicit-full-'))
const isMounted = mountSmallDisk()
afterAll(() => {
  if (isMounted) system('umount', dir)
  rmSync(dir, { recursive: true, force: true })
})

/** A disk of 2 MB; only the root user may make one. */
function mountSmallDisk(): boolean {
  try {
    system('mount', '-t', 'tmpfs', '-o', 'size=2m', 'mimicit-test', dir)
    return true
  } catch {
    return false
  }
}

test.skipIf(!isMounted)(
  '[C71c] no space for the log: every write is refused as storage_full, what was answered stays, and it recovers',
  async () => {
    const database = await openDatabase({ file: join(dir, 'mimicit.sqlite') })
    const first = await database.write(trx => insertPerson(trx))
    const filler = join(dir, 'filler')
    fill(filler)

    const refused = Array.from({ length: 100 }, () => database.write(trx => insertPerson(trx)))
    expect(await Promise.allSettled(refused)).toMatchObject(Array(100).fill({ reason: { code: 'storage_full' } }))
    const left = await database.read.selectFrom('person').select('id').execute()
    expect(left).toEqual([{ id: first }])

    rmSync(filler)
    const second = await database.write(trx => insertPerson(trx))
    const now = await database.read.selectFrom('person').select('id').orderBy('id').execute()
    expect(now.map(({ id }) => id)).toEqual([first, second].toSorted())
    await database.close()
  },
)

/** Takes the last free page of the disk. */
function fill(file: string): void {
  for (const size of [65536, 4096]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }
}
