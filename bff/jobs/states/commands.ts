import { randomUUIDv7 } from 'node:crypto'
import type { JobState } from '../../contract/generations.ts'
import type { Database, Trx } from '../../db/database.ts'
import type { JobTable, PictureTable, ProviderCostTable } from '../../db/schema.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { SourceMemory } from '../accept/source-memory.ts'
import type { Progress } from '../events/progress.ts'
import type { Signals } from '../events/signals.ts'
import type { Ending } from '../run/outcome.ts'
import { firstQueued } from './queries.ts'
import { move } from './states.ts'

type JobId = Pick<JobTable, 'id' | 'person_id'>
export type NewPicture = Pick<
  PictureTable,
  'position' | 'file_hash' | 'thumbnail_hash' | 'mime' | 'width' | 'height' | 'bytes'
>

/** What lies ready: names of sealed files on the disk, or a sealed reading. */
export type Stored = { files: string[] } | { answer: Uint8Array }

export interface Done {
  pictures: NewPicture[]
  /** Credits taken, at most the price. */
  cost: number
  /** What the provider takes from us, in millionths of a US dollar. */
  microUsd: number
}

export interface JobCommands {
  /** The job as it stands now. */
  find(jobId: string): Promise<JobTable | undefined>
  /** Takes the oldest queued job of these providers; after that commit, and not before, may its provider be called. */
  claim(providers: readonly string[]): Promise<JobTable | undefined>
  /** Not accepted by its provider: waits for a later try with its credits held. False: it has ended meanwhile. */
  again(job: JobTable, notBefore: number): Promise<boolean>
  /** Its process died before the queue answered: the queue may still tell until then. False: it has ended meanwhile. */
  waitForWebhook(job: JobTable, until: number): Promise<boolean>
  /** Its provider has it under this ticket. False: it has ended meanwhile. */
  submitted(job: JobId, ticket: string): Promise<boolean>
  /** The results lie ready. False: the job has ended meanwhile and takes nothing. */
  storing(job: JobId, stored: Stored): Promise<boolean>
  /** Pictures and payment in one commit. False: the job has ended meanwhile; nothing is delivered, nothing is paid. */
  done(job: JobTable, done: Done): Promise<boolean>
  /** Ends the job without a result and gives the hold back. False: it stood somewhere else already. */
  end(job: JobTable, from: readonly JobState[], ending: Ending & { microUsd?: number }): Promise<boolean>
  /** [I12] Delivers what came after the credits went back; nothing is taken. */
  late(job: JobTable, pictures: NewPicture[]): Promise<boolean>
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
  const standsAt = async (job: JobId, state: JobState) => {
    const row = await database.read.selectFrom('job').select('state').where('id', '=', job.id).executeTakeFirst()
    return row?.state === state
  }

  return {
    find: jobId => database.read.selectFrom('job').selectAll().where('id', '=', jobId).executeTakeFirst(),

    async claim(providers) {
      const job = await database.write(async trx => {
        const next = await firstQueued(trx, providers, now())
        if (!next) return
        const facts = { started_at: now(), not_before: null }
        await move(trx, { job: next, from: ['queued'], to: 'calling', at: now(), facts })
        return { ...next, ...facts, state: 'calling' as const }
      })
      if (job) moved(job)
      return job
    },

    async again(job, notBefore) {
      const facts = { not_before: notBefore, refusals: job.refusals + 1, started_at: null }
      const isMoved = await database.write(trx => move(trx, { job, from: ['calling'], to: 'queued', at: now(), facts }))
      if (isMoved) moved(job)
      return isMoved
    },

    async waitForWebhook(job, until) {
      const { numUpdatedRows } = await database.write(trx =>
        trx
          .updateTable('job')
          .set({ verdict_until: until })
          .where('id', '=', job.id)
          .where('state', '=', 'calling')
          .where('verdict_until', 'is', null)
          .executeTakeFirst(),
      )
      return numUpdatedRows > 0n
    },

    async submitted(job, ticket) {
      const facts = { request_id: ticket, verdict_until: null }
      const isMoved = await database.write(trx =>
        move(trx, { job, from: ['calling'], to: 'submitted', at: now(), facts }),
      )
      if (!isMoved && !(await standsAt(job, 'submitted'))) return false
      // The provider has them now; we need them no more.
      sources.drop(job.id)
      moved(job)
      return true
    },

    async storing(job, stored) {
      const isMoved = await database.write(async trx => {
        const facts = 'answer' in stored ? { answer: stored.answer } : {}
        const from = ['calling', 'submitted'] as const
        if (!(await move(trx, { job, from, to: 'storing', at: now(), facts }))) return false
        if ('files' in stored) await insertFiles(trx, job.id, stored.files)
        return true
      })
      if (!isMoved && !(await standsAt(job, 'storing'))) return false
      moved(job)
      return true
    },

    async done(job, { pictures, cost, microUsd }) {
      const isDone = await database.write(async trx => {
        const facts = { charged: cost }
        if (!(await move(trx, { job, from: ['storing'], to: 'done', at: now(), facts }))) return false
        await insertPictures(trx, job, pictures, now())
        await ledger.post(trx, job.id, cost)
        await recordCost(trx, job, 'spent', microUsd, now())
        return true
      })
      if (!isDone && !(await standsAt(job, 'done'))) return false
      ended(job)
      return true
    },

    async end(job, from, { state, problem, params, microUsd }) {
      const isEnded = await database.write(async trx => {
        const facts = { problem, problem_params: params ? JSON.stringify(params) : null, charged: 0 }
        if (!(await move(trx, { job, from, to: state, at: now(), facts }))) return false
        await ledger.void(trx, job.id)
        await recordCost(trx, job, 'loss', microUsd, now())
        return true
      })
      if (isEnded) ended(job)
      return isEnded
    },

    async late(job, pictures) {
      const isDelivered = await database.write(async trx => {
        const { state } = await trx.selectFrom('job').select('state').where('id', '=', job.id).executeTakeFirstOrThrow()
        if (state !== 'unknown') return false
        const hashes = pictures.map(picture => picture.file_hash)
        await insertFiles(trx, job.id, hashes)
        const facts = { problem: null, problem_params: null }
        await move(trx, { job, from: ['unknown'], to: 'done', at: now(), facts })
        await insertPictures(trx, job, pictures, now())
        return true
      })
      if (isDelivered) moved(job)
      return isDelivered
    },
  }
}

async function insertFiles(trx: Trx, jobId: string, hashes: string[]): Promise<void> {
  await trx
    .insertInto('job_file')
    .values(hashes.map((file_hash, position) => ({ job_id: jobId, position, file_hash })))
    .execute()
}

async function insertPictures(trx: Trx, job: JobTable, pictures: NewPicture[], at: number): Promise<void> {
  for (const picture of pictures)
    await trx
      .insertInto('picture')
      .values({
        id: randomUUIDv7(),
        job_id: job.id,
        person_id: job.person_id,
        ...picture,
        favourite: 0,
        created_at: at,
        deleted_at: null,
      })
      .execute()
}

async function recordCost(
  trx: Trx,
  job: JobTable,
  outcome: ProviderCostTable['outcome'],
  microUsd: number | undefined,
  at: number,
): Promise<void> {
  if (!microUsd) return
  await trx
    .insertInto('provider_cost')
    .values({ job_id: job.id, provider: job.provider, micro_usd: microUsd, outcome, at })
    .execute()
}
