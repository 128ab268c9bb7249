import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Metric } from '../../scripts/metric.ts'
import type { Database } from '../db/database.ts'
import { openDatabase } from '../db/open.ts'
import { createLedger, type Ledger } from '../ledger/ledger.ts'
import { insertJob, insertPerson } from '../test/rows.ts'

/** Every round measures raw and ours one after the other on the same disk in the same mood; the median ratio counts. */
const rounds = 9
const jobsPerRound = 100
const callers = 32

/**
 * A hold and its post, each durable before the next step, through Database.write and the ledger, against hand-written
 * better-sqlite3 that writes the same rows with the same durability, one transaction at a time.
 */
export async function benchLedger(): Promise<Metric[]> {
  const dir = await mkdtemp(join(tmpdir(), 'mimicit-bench-'))
  const file = join(dir, 'bench.sqlite')
  try {
    const database = await openDatabase({ file })
    const ledger = createLedger({ now: Date.now })
    const personId = await database.write(trx => insertPerson(trx))
    await database.write(async trx => {
      await ledger.open(trx, personId)
      await ledger.grantFree(trx, { personId, subjectHash: personId, credits: 1_000_000 })
    })
    const raw = rawLedger(file, personId)
    const byHand = async (job: string) => raw.holdAndPost(job)
    const ours = (job: string) => holdAndPost(database, ledger, personId, job)
    const rate = async (run: typeof ours, atOnce: number, jobs = jobsPerRound) =>
      perSecond(await openJobs(database, personId, jobs), atOnce, run)

    for (const [run, atOnce] of [
      [byHand, 1],
      [ours, 1],
      [ours, callers],
    ] as const)
      await rate(run, atOnce, 500) // warm up
    const alone: Round[] = []
    const together: Round[] = []
    for (let round = 0; round < rounds; round++) {
      alone.push({ raw: await rate(byHand, 1), ours: await rate(ours, 1) })
      together.push({ raw: await rate(byHand, 1), ours: await rate(ours, callers, jobsPerRound * 4) })
    }
    raw.close()
    await database.close()
    return [measure('ledger, one caller', alone, 0.75), measure(`ledger, ${callers} callers`, together, 5)]
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

interface Round {
  raw: number
  ours: number
}

function measure(name: string, measured: Round[], goal: number): Metric {
  return {
    name,
    value: Math.round(median(measured.map(({ ours }) => ours))),
    unit: 'hold+post/s',
    against: `raw better-sqlite3, one at a time: ${Math.round(median(measured.map(({ raw }) => raw)))}/s`,
    ratio: median(measured.map(({ raw, ours }) => ours / raw)),
    goal: `at least ${goal}`,
  }
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

function openJobs(database: Database, personId: string, count: number): Promise<string[]> {
  return database.write(async trx => {
    const ids: string[] = []
    while (ids.length < count) ids.push((await insertJob(trx, { person_id: personId, price: 2 }))!)
    return ids
  })
}

async function holdAndPost(database: Database, ledger: Ledger, personId: string, jobId: string): Promise<void> {
  await database.write(trx => ledger.hold(trx, { personId, jobId, price: 2 }))
  await database.write(trx => ledger.post(trx, jobId, 2))
}

/** Completed jobs per second with `callers` of them under way at any time. */
async function perSecond(jobs: string[], callers: number, run: (job: string) => Promise<void>): Promise<number> {
  const count = jobs.length
  const start = performance.now()
  const caller = async () => {
    for (let job = jobs.pop(); job !== undefined; job = jobs.pop()) await run(job)
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return count / ((performance.now() - start) / 1000)
}

/** What one would write by hand for one account: prepared statements, the same reads, guards and rows. */
function rawLedger(file: string, personId: string) {
  const sqlite = new Sqlite(file, { timeout: 5000 })
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'recursive_triggers = ON'])
    sqlite.pragma(pragma)
  const begin = sqlite.prepare('begin immediate')
  const commit = sqlite.prepare('commit')
  const accounts = sqlite.prepare('select id, kind, posted, pending from account where person_id = ?')
  const pend = sqlite.prepare('update account set pending = pending + ? where id = ? and posted - pending >= ?')
  const insert = sqlite.prepare(
    'insert into transfer (id, kind, debit, credit, amount, job_id, pending_id, at) values (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const holdOf = sqlite.prepare(`select id, debit, amount,
    (select id from transfer ended where ended.pending_id = hold.id) as ended
    from transfer hold where job_id = ? and kind = 'hold'`)
  const end = sqlite.prepare(
    'update account set pending = pending - ?, posted = posted - ? where id = ? and pending >= ?',
  )
  const earn = sqlite.prepare("update account set posted = posted + ? where id = 'revenue'")

  return {
    holdAndPost(jobId: string): void {
      begin.run()
      const rows = accounts.all(personId) as { id: string; kind: string; posted: number; pending: number }[]
      const free = rows.find(({ kind }) => kind === 'free')!
      if (free.posted - free.pending < 2 || pend.run(2, free.id, 2).changes !== 1) throw new Error('too few credits')
      insert.run(randomUUIDv7(), 'hold', free.id, 'revenue', 2, jobId, null, Date.now())
      commit.run()

      begin.run()
      const hold = holdOf.get(jobId) as { id: string; debit: string; amount: number; ended: string | null }
      if (hold.ended || end.run(2, 2, hold.debit, 2).changes !== 1) throw new Error('the hold has ended')
      insert.run(randomUUIDv7(), 'post', hold.debit, 'revenue', 2, jobId, hold.id, Date.now())
      earn.run(2)
      commit.run()
    },
    close: () => void sqlite.close(),
  }
}

if (import.meta.main) console.table(await benchLedger())
