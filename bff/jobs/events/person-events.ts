import type { JobEvent, ProgressEvent } from '../../contract/events.ts'
import type { Database } from '../../db/database.ts'
import { heartbeat, type StreamItem } from '../../http/event-stream.ts'
import type { Timers } from '../timers.ts'
import type { Signals } from './signals.ts'

interface Options {
  database: Database
  signals: Signals
  timers: Timers
  personId: string
  /** The last event the client saw, or null. */
  cursor: number | null
  /** Ends the stream. */
  signal: AbortSignal
}

const heartbeatMs = 15_000
const pageSize = 100

/**
 * Everything one person's stream says. Job events are read from the table after `cursor`, so nothing waits in memory for
 * a slow client but the newest progress of each job.
 */
export async function* personEvents(options: Options): AsyncGenerator<StreamItem> {
  const { database, signals, timers, personId, signal } = options
  const due = { jobs: true, balance: false, heartbeat: true, progress: new Map<string, number>() }
  const bell = createBell()
  const stopListening = signals.listen(personId, told => {
    if (told.type === 'job') due.jobs = true
    else if (told.type === 'balance') due.balance = true
    else due.progress.set(told.generationId, told.progress)
    bell.ring()
  })
  const stopHeartbeat = timers.every(heartbeatMs, () => {
    due.heartbeat = true
    bell.ring()
  })
  signal.addEventListener('abort', bell.ring)
  try {
    let cursor = await knownCursor(database, options.cursor)
    if (cursor === null) {
      cursor = await newestEvent(database)
      yield { event: 'reset', id: cursor, data: {} }
    }
    while (!signal.aborted) {
      if (take(due, 'heartbeat')) yield heartbeat
      for (const [generationId, progress] of due.progress) {
        due.progress.delete(generationId)
        yield { event: 'progress', data: { generationId, progress } satisfies ProgressEvent }
      }
      if (take(due, 'jobs')) {
        const events = await eventsAfter(database, personId, cursor)
        due.jobs ||= events.length === pageSize
        for (const { seq, job_id, state } of events) {
          cursor = seq
          yield { event: 'job', id: seq, data: { generationId: job_id, state } satisfies JobEvent }
        }
        continue
      }
      if (take(due, 'balance')) yield { event: 'balance', data: {} }
      await bell.heard()
    }
  } finally {
    stopListening()
    stopHeartbeat()
    signal.removeEventListener('abort', bell.ring)
  }
}

const eventsAfter = ({ read }: Database, personId: string, cursor: number) =>
  read
    .selectFrom('event')
    .select(['seq', 'job_id', 'state'])
    .where('person_id', '=', personId)
    .where('seq', '>', cursor)
    .orderBy('seq')
    .limit(pageSize)
    .execute()

async function newestEvent({ read }: Database): Promise<number> {
  const row = await read.selectFrom('event').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return row?.seq ?? 0
}

/** The cursor, if nothing after it can have been deleted; else null. Old events go first, so one as old must be left. */
async function knownCursor(database: Database, cursor: number | null): Promise<number | null> {
  if (cursor === null || cursor > (await newestEvent(database))) return null
  const older = database.read.selectFrom('event').select('seq').where('seq', '<=', cursor).limit(1)
  return (await older.executeTakeFirst()) ? cursor : null
}

function take(due: { jobs: boolean; balance: boolean; heartbeat: boolean }, what: keyof typeof due): boolean {
  const was = due[what]
  due[what] = false
  return was
}

/** Rung any number of times, heard once. */
function createBell() {
  let heard = Promise.withResolvers<void>()
  return {
    ring: () => heard.resolve(),
    async heard() {
      await heard.promise
      heard = Promise.withResolvers<void>()
    },
  }
}
