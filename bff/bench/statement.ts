import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Metric } from '../../scripts/metric.ts'
import type { Database } from '../db/database.ts'
import { openDatabase } from '../db/open.ts'
import { createLedger } from '../ledger/ledger.ts'
import { readStatement } from '../ledger/statement.ts'
import type { Place } from '../privacy/cursor.ts'
import { insertJob, insertPerson } from '../test/rows.ts'

const few = 1_000
const many = 1_000_000
const pages = 200
const linesPerPage = 50
const rounds = 5

/** A page of the statement of an account with a million lines against one of an account with a thousand. */
export async function benchStatement(): Promise<Metric[]> {
  const dir = await mkdtemp(join(tmpdir(), 'mimicit-bench-'))
  const file = join(dir, 'bench.sqlite')
  try {
    const database = await openDatabase({ file })
    const [small, large] = [await personWith(database, file, few), await personWith(database, file, many)]
    for (const who of [small, large]) await perPage(database, who, few) // warm up
    const measured: { small: number; large: number }[] = []
    while (measured.length < rounds)
      measured.push({ small: await perPage(database, small, few), large: await perPage(database, large, many) })
    await database.close()
    const value = median(measured.map(({ large }) => large))
    return [
      {
        name: 'a page of a million lines',
        value,
        unit: 'ms',
        against: `the same of ${few} lines`,
        ratio: median(measured.map(({ small, large }) => large / small)),
        goal: 'at most 1.5',
      },
    ]
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

/** Somebody whose every line is a result that was paid, a second after the one before; written past the ledger, for speed. */
async function personWith(database: Database, file: string, lines: number): Promise<string> {
  const ledger = createLedger({ now: () => 0 })
  const { personId, jobId } = await database.write(async trx => {
    const personId = await insertPerson(trx)
    await ledger.open(trx, personId)
    await ledger.grantFree(trx, { personId, subjectHash: personId, credits: lines })
    return { personId, jobId: (await insertJob(trx, { person_id: personId, price: 1 }))! }
  })
  const sqlite = new Sqlite(file, { timeout: 5000 })
  const free = sqlite.prepare(`select id from account where person_id = ? and kind = 'free'`).pluck().get(personId)
  const insert = sqlite.prepare(
    `insert into transfer (id, kind, debit, credit, amount, job_id, pending_id, at) values (?, ?, ?, 'revenue', 1, ?, ?, ?)`,
  )
  // Barriers of the ledger look up the job of every hold; here one job stands for all.
  sqlite.exec('drop trigger if exists transfer_hold_within_price; drop index if exists transfer_hold')
  sqlite.transaction(() => {
    for (let line = 0; line < lines; line++) {
      const hold = randomUUIDv7()
      insert.run(hold, 'hold', free, jobId, null, line * 1000)
      insert.run(randomUUIDv7(), 'post', free, jobId, hold, line * 1000)
    }
  })()
  sqlite.close()
  return personId
}

/** Milliseconds a page takes, read at places all over the statement. */
async function perPage(database: Database, personId: string, lines: number): Promise<number> {
  const begin = performance.now()
  for (let page = 0; page < pages; page++) {
    const after: Place = { at: Math.floor((lines * (page + 1)) / pages) * 1000, id: '~' }
    await readStatement(database.read, personId, { after, kind: undefined, limit: linesPerPage })
  }
  return (performance.now() - begin) / pages
}

if (import.meta.main) console.table(await benchStatement())
