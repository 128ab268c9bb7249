import { randomUUIDv7 } from 'node:crypto'
import type { Ledger } from '../credits/ledger.ts'
import type { Database } from '../db/database.ts'
import { type BudgetLimits, createMemoryBudget } from '../http/memory-budget.ts'
import type { BlobStore } from '../library/blob-store.ts'
import { createResultFiles } from '../library/result-files.ts'
import { CatalogueError, type Registry } from '../models/registry.ts'
import { createUsualTimes } from '../models/usual-times.ts'
import { personVault } from '../privacy/person-vault.ts'
import type { Vault } from '../privacy/vault.ts'
import type { Provider } from '../providers/provider.ts'
import { type AcceptLimits, createAccept } from './accept.ts'
import { createCancel } from './cancel.ts'
import { createDelivery } from './deliver.ts'
import { createJobCommands } from './job-commands.ts'
import { createProgress } from './progress.ts'
import { createRecovery } from './recovery.ts'
import { runJob } from './run-job.ts'
import { createSignals } from './signals.ts'
import { createSourceMemory } from './source-memory.ts'
import type { Timers } from './timers.ts'
import { createView } from './view.ts'
import { createWorker } from './worker.ts'

export interface GenerationsDeps {
  database: Database
  ledger: Ledger
  vault: Vault
  blobs: BlobStore
  registry: Registry
  /** By the name the catalogue uses. */
  providers: ReadonlyMap<string, Provider>
  now: () => number
  timers: Timers
  limits?: Partial<Limits>
  /** Hears what went wrong inside a job. */
  onError: (error: unknown) => void
}

export interface Limits extends AcceptLimits {
  /** Bytes of sources in memory, from the first byte received to the job's end. */
  sourceBytes: BudgetLimits
  /** Jobs that run at once. */
  concurrency: number
}

const gibibyte = 1024 ** 3
const defaultLimits: Limits = {
  openJobsPerPerson: 10,
  storedBytesPerPerson: 5 * gibibyte,
  sourceBytes: { all: gibibyte / 2, perPerson: gibibyte / 8 },
  concurrency: 2,
}

export type Generations = ReturnType<typeof createGenerations>

/** The room's wiring. Call `recover`, then `start`; `stop` before the database closes. */
export function createGenerations(deps: GenerationsDeps) {
  const { database, ledger, vault, registry, providers, now, timers, onError } = deps
  const limits = { ...defaultLimits, ...deps.limits }
  checkProviders(registry, providers)

  const budget = createMemoryBudget(limits.sourceBytes)
  const sources = createSourceMemory(budget)
  const signals = createSignals()
  const progress = createProgress({ signals, now })
  const usualTimes = createUsualTimes()
  const giveUp = new AbortController()

  const commands = createJobCommands({ database, ledger, sources, progress, signals, now })
  const delivery = createDelivery({ database, vault, files: createResultFiles(deps.blobs), commands })
  const patience = { timers, signal: giveUp.signal, onError }
  const recovery = createRecovery({ database, commands, delivery, providers, patience, onError })
  const boxOf = (personId: string) => personVault(database.read, vault, personId)
  const run = { registry, providers, sources, commands, delivery, progress, usualTimes, boxOf, timers, now, onError }
  const worker = createWorker({
    owner: randomUUIDv7(),
    concurrency: limits.concurrency,
    commands,
    leaseMs: job => registry.find(job.model)?.deadlineMs ?? 0,
    run: (job, stopper) => runJob({ ...run, giveUp: giveUp.signal }, job, stopper),
    timers,
    giveUp,
    onError,
  })

  return {
    database,
    now,
    timers,
    budget,
    signals,
    /** What `modelRoutes` needs. */
    models: { registry, usualTimes },
    ...createAccept({ database, ledger, vault, registry, sources, signals, limits, now, wake: worker.wake }),
    cancel: createCancel({ database, commands, providers, abort: worker.abort }),
    view: createView({ database, vault, registry, usualTimes, progress }),
    recover: recovery.recover,
    start: worker.wake,
    idle: worker.idle,
    async stop({ graceMs }: { graceMs: number }): Promise<void> {
      sources.close()
      await worker.stop(graceMs)
      await recovery.endQueued()
    },
  }
}

/** A model that nobody can run must be found at start. */
function checkProviders(registry: Registry, providers: ReadonlyMap<string, Provider>): void {
  for (const { id, provider, status } of registry.all())
    if (status !== 'retired' && !providers.has(provider))
      throw new CatalogueError(`Model "${id}" names the provider "${provider}", which does not exist.`)
}
