import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config/config.ts'
import { openDatabase } from '../db/open.ts'
import { systemTimers } from '../jobs/timers.ts'
import { createBlobStore } from '../library/blob-store.ts'
import { loadRegistry } from '../models/registry.ts'
import { masterKey } from '../privacy/master-key.ts'
import { createVault, deriveSecret } from '../privacy/vault.ts'
import { descriptors } from '../providers/index.ts'
import type { Provider } from '../providers/provider.ts'
import { checkLedger, checkMasterKey } from './start-checks.ts'

interface Options {
  config: Config
  now: () => number
  /** Those that are set up, by the name the catalogue uses. */
  providers: ReadonlyMap<string, Provider>
}

export type Infrastructure = Awaited<ReturnType<typeof openInfrastructure>>

/** What the rooms stand on, opened and checked. What is opened first is closed last: these hooks run in reverse order. */
export async function openInfrastructure(app: FastifyInstance, { config, now, providers }: Options) {
  const key = masterKey(config)
  const vault = createVault(key)
  const databaseFile = join(config.dataDir, 'mimicit.db')
  const database = await openDatabase({ file: databaseFile })
  app.addHook('onClose', () => database.close())
  await checkMasterKey(database.read, vault)
  await checkLedger(database.read)

  app.addHook('onClose', async () => {
    await Promise.all([...providers.values()].map(provider => provider.close()))
  })
  const blobs = createBlobStore({ dir: join(config.dataDir, 'blobs'), now })
  app.addHook('onClose', () => blobs.close())
  const registry = loadRegistry(descriptors, config.modelsFile)
  return {
    config,
    now,
    log: app.log,
    timers: systemTimers,
    secret: (use: string) => deriveSecret(key, use),
    vault,
    databaseFile,
    database,
    providers,
    blobs,
    registry,
    onError: (error: unknown) => app.log.error({ err: error }, 'background work failed'),
  }
}
