import { randomInt, randomUUIDv7 } from 'node:crypto'
import type { GenerationSpec } from '../../contract/generations.ts'
import { ProblemError } from '../../contract/problems.ts'
import type { Database, Trx } from '../../db/database.ts'
import type { JobTable } from '../../db/schema.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { negativeContext, promptContext, storedBytes } from '../../library/pictures.ts'
import type { Offer } from '../../models/offer.ts'
import type { VaultOf } from '../../privacy/vault.ts'
import type { SourcePicture } from '../../providers/provider.ts'
import type { Signals } from '../events/signals.ts'
import { countOpenJobs, findJobByKey } from '../states/queries.ts'
import { recordEvent } from '../states/states.ts'
import { checkPictures, checkPrompt } from './index.ts'
import { resultSize } from './result-size.ts'
import type { SourceMemory } from './source-memory.ts'
import { canonicalSpec, checkOrder, type Order } from './spec.ts'

export interface Submission {
  personId: string
  /** The Idempotency-Key. */
  key: string
  spec: GenerationSpec
  files: Buffer[]
}

export interface AcceptLimits {
  openJobsPerPerson: number
  storedBytesPerPerson: number
}

interface AcceptDeps {
  database: Database
  ledger: Ledger
  vaultOf: VaultOf
  offer: Offer
  sources: SourceMemory
  signals: Signals
  limits: AcceptLimits
  now: () => number
  /** Called when a job waits for a worker. */
  wake: () => void
}

/** Turns a request into a job with its credits held, or refuses it and leaves nothing behind. */
export function createAccept({ database, ledger, vaultOf, offer, sources, signals, limits, now, wake }: AcceptDeps) {
  /** Before the pictures are read: what can be refused by the spec alone. A known key is judged by its whole request. */
  async function precheck(personId: string, key: string, spec: GenerationSpec): Promise<void> {
    if (await findJobByKey(database.read, personId, key)) return
    checkOrder(offer, spec)
    checkPrompt(spec.prompt)
  }

  async function accept({ personId, key, spec, files }: Submission): Promise<JobTable> {
    const vault = await vaultOf(personId)
    const fingerprint = vault.fingerprint(canonicalSpec(spec), ...files)
    const earlier = await findJobByKey(database.read, personId, key)
    if (earlier) return sameRequest(earlier, fingerprint)

    const order = checkOrder(offer, spec)
    const prompt = checkPrompt(spec.prompt)
    const negative = checkPrompt(spec.negative)
    if ((await storedBytes(database.read, personId)) >= limits.storedBytesPerPerson)
      throw new ProblemError('quota_reached')
    const checked = await checkPictures(files, order.model.pictures)
    const pictures = spec.sources.map(({ role, weight }, index) => ({ ...checked[index]!, role, weight }))

    const id = randomUUIDv7()
    const job: JobTable = {
      ...describe(spec, order, pictures, now()),
      id,
      person_id: personId,
      idem: key,
      body_hash: fingerprint,
      prompt: vault.seal(prompt, promptContext(id)),
      negative: negative === '' ? new Uint8Array(0) : vault.seal(negative, negativeContext(id)),
    }
    // Before the commit: a worker may take the job in the same instant.
    sources.keep(job, pictures)
    const stored = await database
      .write(trx => store(trx, job, spec.confirmed === true))
      .catch(error => {
        sources.drop(id)
        throw error
      })
    if (stored.id !== id) {
      sources.drop(id)
      return sameRequest(stored, fingerprint)
    }
    signals.send(personId, { type: 'job' })
    signals.send(personId, { type: 'balance' })
    wake()
    return job
  }

  /** Job, hold and event, or the job that came first under this key. */
  async function store(trx: Trx, job: JobTable, confirmed: boolean): Promise<JobTable> {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('job')
      .values(job)
      .onConflict(conflict => conflict.columns(['person_id', 'idem']).doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows === 0n) return (await findJobByKey(trx, job.person_id, job.idem))!
    if ((await countOpenJobs(trx, job.person_id)) > limits.openJobsPerPerson)
      throw new ProblemError('too_many_jobs', { max: limits.openJobsPerPerson })
    await ledger.hold(trx, { personId: job.person_id, jobId: job.id, price: job.price, confirmed })
    await recordEvent(trx, job, job.state, job.created_at)
    return job
  }

  return { precheck, accept }
}

/** One key, one request: the first answer again, or a conflict. */
function sameRequest(earlier: JobTable, fingerprint: string): JobTable {
  if (earlier.body_hash !== fingerprint) throw new ProblemError('idempotency_conflict')
  return earlier
}

function describe(
  { options: { seed }, sources }: GenerationSpec,
  { model, longSide, options, price }: Order,
  pictures: SourcePicture[],
  at: number,
) {
  return {
    kind: model.kind,
    provider: model.provider,
    model: model.id,
    options: JSON.stringify({ ...options, seed: seed ?? randomInt(2 ** 31) }),
    source_count: sources.length,
    ...resultSize(options.aspect, longSide, pictures),
    price,
    state: 'queued' as const,
    problem: null,
    problem_params: null,
    charged: null,
    request_id: null,
    refusals: 0,
    answer: null,
    not_before: null,
    verdict_until: null,
    created_at: at,
    started_at: null,
    ended_at: null,
  }
}
