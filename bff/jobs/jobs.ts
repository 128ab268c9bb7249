import type { Database } from '../db/database.ts'
import type { JobTable } from '../db/schema.ts'
import { type BudgetLimits, createMemoryBudget } from '../http/memory-budget.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { BlobStore } from '../library/blob-store.ts'
import { createResultFiles } from '../library/result-files.ts'
import { type Circuits, createCircuits } from '../models/circuits.ts'
import { createOffer } from '../models/offer.ts'
import type { Registry } from '../models/registry.ts'
import { createUsualTimes } from '../models/usual-times.ts'
import { personVaults, type Vault } from '../privacy/vault.ts'
import type { Provider } from '../providers/provider.ts'
import { type AcceptLimits, createAccept } from './accept/accept.ts'
import { createSourceMemory } from './accept/source-memory.ts'
import { createProgress } from './events/progress.ts'
import { createSignals } from './events/signals.ts'
import { createDelivery } from './run/deliver.ts'
import { createExpiry } from './run/expiry.ts'
import { createLateDelivery } from './run/late-delivery.ts'
import { createRecovery } from './run/recovery.ts'
import type { RunDeps } from './run/run.ts'
import { runJob } from './run/run-job.ts'
import { createSemaphores } from './run/semaphore.ts'
import { createWebhookEvents } from './run/webhook-events.ts'
import { createWorker } from './run/worker.ts'
import { createCancel } from './states/cancel.ts'
import { createJobCommands } from './states/commands.ts'
import { createPictureCommands } from './states/picture-commands.ts'
import { createView } from './states/view.ts'
import { neverEarly, type Timers } from './timers.ts'

export interface JobsDeps {
  database: Database
  ledger: Ledger
  vault: Vault
  blobs: BlobStore
  registry: Registry
  /** By the name the catalogue uses; those whose keys are set. */
  providers: ReadonlyMap<string, Provider>
  mode: 'development' | 'production'
  callbackOf?: RunDeps['callbackOf']
  now: () => number
  timers: Timers
  limits?: Partial<Limits>
  /** Hears what went wrong inside a job. */
  onError: (error: unknown) => void
}

export interface Limits extends AcceptLimits {
  /** Bytes of sources in memory, from the first byte received to the job's end. */
  sourceBytes: BudgetLimits
  /** Jobs that run at once on this machine. */
  concurrency: number
  /** Calls that are open at once at one provider. */
  openCalls: number
  /** Answers of one provider in memory at once. */
  answersInMemory: number
}

const gibibyte = 1024 ** 3
const defaultLimits: Limits = {
  openJobsPerPerson: 10,
  storedBytesPerPerson: 5 * gibibyte,
  sourceBytes: { all: gibibyte / 2, perPerson: gibibyte / 8 },
  concurrency: 2,
  openCalls: 64,
  answersInMemory: 4,
}

export type Jobs = ReturnType<typeof createJobs>

/** The room's wiring. Call `recover`, then `start`; `stop` before the database closes. */
export function createJobs(deps: JobsDeps) {
  const { database, ledger, registry, providers, mode, now, timers, onError } = deps
  const limits = { ...defaultLimits, ...deps.limits }

  const budget = createMemoryBudget(limits.sourceBytes)
  const sources = createSourceMemory(budget)
  const signals = createSignals()
  const progress = createProgress({ signals, now })
  const usualTimes = createUsualTimes()
  const circuits = createCircuits({ now })
  const offer = createOffer({ registry, ready: new Set(providers.keys()), mode, circuits, usualTimes })
  const giveUp = new AbortController()

  const vaultOf = personVaults(database.read, deps.vault)
  const commands = createJobCommands({ database, ledger, sources, progress, signals, now })
  const delivery = createDelivery({ vaultOf, files: createResultFiles(deps.blobs), commands })
  const patience = { timers, signal: giveUp.signal, onError }
  const answers = createSemaphores({ perProvider: limits.answersInMemory })
  const callbackOf = deps.callbackOf ?? (() => null)
  const late = createLateDelivery({ database, delivery, providers, answers, patience, now })
  const run: RunDeps = {
    offer,
    providers,
    sources,
    commands,
    delivery,
    progress,
    answers,
    onFinished: (job, ms) => usualTimes.record(job.model, ms),
    vaultOf,
    callbackOf,
    timers,
    now,
    wakeAt: at => worker.wakeAt(at),
    resume: job => worker.resume(job),
    giveUp: giveUp.signal,
    onError,
  }
  const worker = createWorker({
    lanes: () => lanes(providers, circuits, limits),
    commands,
    run: (job, stopper) => runJob(run, job, stopper),
    timers,
    now,
    giveUp,
    onError,
  })
  const resumeUnlessRunning = (job: JobTable) => {
    if (!worker.isRunning(job.id)) worker.resume(job)
  }
  const mayEndAt = neverEarly({ now, timers })
  const recovery = createRecovery({
    database,
    commands,
    delivery,
    registry,
    providers,
    resume: worker.resume,
    wake: worker.wake,
    wakeAt: worker.wakeAt,
    callbackOf,
    patience,
    now,
    mayEndAt,
    onError,
  })

  const expire = createExpiry({ database, commands, mayEndAt })

  return {
    database,
    now,
    timers,
    budget,
    signals,
    offer,
    ...createAccept({ database, ledger, vaultOf, offer, sources, signals, limits, now, wake: worker.wake }),
    cancel: createCancel({ database, commands, providers, abort: worker.abort }),
    pictures: createPictureCommands({ database, now }),
    view: createView({ database, vaultOf, registry, usualTimes, progress }),
    recover: recovery.recover,
    start: recovery.resume,
    idle: worker.idle,
    /** What a queue tells by itself; see `webhookRoutes`. */
    receive: createWebhookEvents({ database, registry, providers, commands, late, resume: resumeUnlessRunning }),
    /** Every few minutes: what came too late, and what nobody tells about any more. */
    async sweep(stopping?: AbortSignal): Promise<void> {
      await recovery.endOverdue()
      await expire()
      await late.deliverAll(stopping)
    },
    async stop({ graceMs }: { graceMs: number }): Promise<void> {
      sources.close()
      await worker.stop(graceMs)
      giveUp.abort()
      await recovery.endQueued()
    },
  }
}

/** Providers that rest are not asked; their jobs wait. */
function lanes(providers: ReadonlyMap<string, Provider>, circuits: Circuits, limits: Limits): Map<string, number> {
  const awake = [...providers].filter(([name]) => circuits.restsUntil(name) === null)
  return new Map(
    awake.map(([name, provider]) => [
      name,
      provider.way === 'direct' && provider.repeatable ? limits.concurrency : limits.openCalls,
    ]),
  )
}
