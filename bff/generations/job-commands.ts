import { randomUUIDv7 } from 'node:crypto'
import type { JobState } from '../contract/generations.ts'
import type { ProblemCode } from '../contract/problems.ts'
import type { Ledger } from '../credits/ledger.ts'
import type { Database } from '../db/database.ts'
import type { JobTable, PictureTable } from '../db/schema.ts'
import { move } from './job-states.ts'
import { firstQueued } from './jobs.ts'
import type { Progress } from './progress.ts'
import type { Signals } from './signals.ts'
import type { SourceMemory } from './source-memory.ts'

type JobId = Pick<JobTable, 'id' | 'person_id'>
export type NewPicture = Pick<PictureTable, 'file_hash' | 'thumbnail_hash' | 'mime' | 'width' | 'height' | 'bytes'>

export interface JobCommands {
  /** Gives the oldest queued job to `owner`; after that commit, and not before, may its provider be called. */
  claim(owner: string, leaseMs: (job: JobTable) => number): Promise<JobTable | undefined>
  /** The sealed result lies on the disk under `fileHash`. False: the job has ended meanwhile and takes nothing. */
  storing(job: JobId, fileHash: string): Promise<boolean>
  /** Picture and payment in one commit. False: the job has ended meanwhile; nothing is delivered, nothing is paid. */
  done(job: JobTable, picture: NewPicture): Promise<boolean>
  /** Ends the job without a result and gives the hold back. False: it stood somewhere else already. */
  end(job: JobId, from: readonly JobState[], ending: Ending): Promise<boolean>
}
export interface Ending {
  state: 'failed' | 'unknown'
  problem: ProblemCode
}

interface Deps {
  database: Database
  ledger: Ledger
  sources: SourceMemory
  progress: Progress
  signals: Signals
  now: () => number
}

/** Every change of a job after it was accepted. Streams hear of it, and its sources are let go, only after the commit. */
export function createJobCommands({ database, ledger, sources, progress, signals, now }: Deps): JobCommands {
  function moved(job: JobId): void {
    signals.send(job.person_id, { type: 'job' })
  }
  function ended(job: JobId): void {
    sources.drop(job.id)
    progress.forget(job.id)
    moved(job)
    signals.send(job.person_id, { type: 'balance' })
  }
  /** True after a commit whose answer was lost on the way and that is tried again. */
  const standsAt = async (job: JobId, state: JobState, fileHash: string) => {
    const row = await database.read
      .selectFrom('job')
      .select(['state', 'file_hash'])
      .where('id', '=', job.id)
      .executeTakeFirst()
    return row?.state === state && row.file_hash === fileHash
  }

  return {
    async claim(owner, leaseMs) {
      const job = await database.write(async trx => {
        const next = await firstQueued(trx)
        if (!next) return
        const facts = { owner, lease: now() + leaseMs(next), started_at: now() }
        await move(trx, { job: next, from: ['queued'], to: 'calling', at: now(), facts })
        return { ...next, ...facts, state: 'calling' as const }
      })
      if (job) moved(job)
      return job
    },

    async storing(job, fileHash) {
      const facts = { file_hash: fileHash }
      const from = ['calling', 'submitted'] as const
      const isMoved = await database.write(trx => move(trx, { job, from, to: 'storing', at: now(), facts }))
      if (!isMoved && !(await standsAt(job, 'storing', fileHash))) return false
      moved(job)
      return true
    },

    async done(job, picture) {
      const isDone = await database.write(async trx => {
        if (!(await move(trx, { job, from: ['storing'], to: 'done', at: now() }))) return false
        await trx
          .insertInto('picture')
          .values({
            id: randomUUIDv7(),
            job_id: job.id,
            person_id: job.person_id,
            ...picture,
            favourite: 0,
            created_at: now(),
            deleted_at: null,
          })
          .execute()
        await ledger.post(trx, job.id, job.price)
        return true
      })
      if (!isDone && !(await standsAt(job, 'done', picture.file_hash))) return false
      ended(job)
      return true
    },

    async end(job, from, { state, problem }) {
      const isEnded = await database.write(async trx => {
        if (!(await move(trx, { job, from, to: state, at: now(), facts: { problem } }))) return false
        await ledger.void(trx, job.id)
        return true
      })
      if (isEnded) ended(job)
      return isEnded
    },
  }
}
