import type { Database } from '../../db/database.ts'
import type { JobTable } from '../../db/schema.ts'
import type { Provider } from '../../providers/provider.ts'
import type { Delivery } from './deliver.ts'
import type { Patience } from './keep-trying.ts'
import type { Semaphores } from './semaphore.ts'
import { unlessStopped } from './stopper.ts'

interface LateDeps {
  database: Database
  delivery: Delivery
  providers: ReadonlyMap<string, Provider>
  answers: Semaphores
  patience: Patience
  now: () => number
}

/** Queues keep a result for about a day at most. */
const windowMs = 24 * 60 * 60 * 1000
const askMs = 60_000
/** A result that cannot be stored now is asked for again at the next look. */
const storeAttempts = 2

/** [I12] Jobs that ended as unknown while a queue still had them: what it made after all is given away. */
export function createLateDelivery({ database, delivery, providers, answers, patience, now }: LateDeps) {
  async function deliver(job: JobTable, stopping: AbortSignal = patience.signal): Promise<void> {
    const provider = providers.get(job.provider)
    if (job.state !== 'unknown' || job.request_id === null || provider?.way !== 'queue') return
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(askMs)])
    const place = answers.place(job.provider)
    try {
      const ticket = job.request_id
      const { state } = await unlessStopped(signal, () => provider.status(ticket, signal))
      if (state !== 'completed') return
      const control = { signal, onProgress: () => {}, admit: place.admit }
      const answer = await unlessStopped(signal, () => provider.result(ticket, control))
      if (answer.kind !== 'files') return
      const results = await delivery.inspect(job, answer.files, answer.preview)
      if (await delivery.finishLate(job, results, { ...patience, signal: stopping, attempts: storeAttempts }))
        await provider.forget(ticket, signal)
    } catch {
      // The provider refuses, or does not answer: the credits are back already.
    } finally {
      place.release()
    }
  }

  return {
    deliver,
    /** Asks for all of them once, one after the other; those that are left at a stop are asked for after the next start. */
    async deliverAll(stopping: AbortSignal = patience.signal): Promise<void> {
      const jobs = await database.read
        .selectFrom('job')
        .selectAll()
        .where('problem', 'is not', null)
        .where('state', '=', 'unknown')
        .where('request_id', 'is not', null)
        .where('ended_at', '>', now() - windowMs)
        .execute()
      for (const job of jobs) if (!stopping.aborted) await deliver(job, stopping)
    },
  }
}
export type Late = ReturnType<typeof createLateDelivery>
