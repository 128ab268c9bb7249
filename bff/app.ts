import { join } from 'node:path'
import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Config } from './config.ts'
import { audit } from './credits/audit.ts'
import { createLedger } from './credits/ledger.ts'
import { balanceRoutes } from './credits/routes.ts'
import type { Database } from './db/database.ts'
import { openDatabase } from './db/open.ts'
import { eventRoutes } from './generations/events-routes.ts'
import { createGenerations } from './generations/generations.ts'
import { generationRoutes } from './generations/routes.ts'
import { systemTimers } from './generations/timers.ts'
import { registerAccess } from './http/access.ts'
import { logOptions, registerAccessLog } from './http/access-log.ts'
import { registerContractVersion } from './http/contract-version.ts'
import { registerCors } from './http/cors.ts'
import { registerDrain } from './http/drain.ts'
import { registerHeaders } from './http/headers.ts'
import { registerHealth } from './http/health.ts'
import { registerJsonBodies } from './http/json-body.ts'
import { registerLimits } from './http/limits.ts'
import { registerOpenApi } from './http/openapi.ts'
import { registerProblems } from './http/problems.ts'
import { answerUnrouted } from './http/unrouted.ts'
import { authRoutes } from './identity/auth-routes.ts'
import { createEmbeddedProvider } from './identity/embedded/provider.ts'
import { createIdentity } from './identity/identity.ts'
import { webRoutes } from './identity/web-routes.ts'
import { sessionCookie } from './identity/web-sessions.ts'
import { createBlobStore } from './library/blob-store.ts'
import { createPurge } from './library/purge.ts'
import { createResultFiles } from './library/result-files.ts'
import { pictureRoutes } from './library/routes.ts'
import { loadRegistry } from './models/registry.ts'
import { modelRoutes } from './models/routes.ts'
import { masterKey } from './privacy/master-key.ts'
import { createVault, deriveSecret } from './privacy/vault.ts'
import { createLocalProvider } from './providers/local/index.ts'
import type { Provider } from './providers/provider.ts'
import { startUpkeep } from './upkeep.ts'

export interface BuildOptions {
  config: Config
  /** Makers by the name the catalogue uses; left out: the real ones. */
  providers?: ReadonlyMap<string, Provider>
  now?: () => number
  /** How long running jobs may go on after a stop, in milliseconds. */
  stopGraceMs?: number
}

/** The whole backend, wired and recovered, ready to listen. Closing it ends jobs, streams and the database in this order. */
export async function build({
  config,
  providers = new Map([['local', createLocalProvider({ threads: config.localThreads })]]),
  now = Date.now,
  stopGraceMs = 10_000,
}: BuildOptions): Promise<FastifyInstance> {
  const { origin, mode, dataDir, extensionIds } = config
  const https = origin.startsWith('https:')
  const key = masterKey(config)
  const database = await openDatabase({ file: join(config.dataDir, 'mimicit.db') })
  const app = Fastify({
    logger: logOptions(config.logLevel),
    logController: new LogController({ disableRequestLogging: true }),
    // JSON and forms have a few fields; pictures are read and limited part by part.
    bodyLimit: 64 * 1024,
    requestTimeout: 120_000,
    connectionTimeout: 150_000,
    return503OnClosing: false,
    ...answerUnrouted({ https }),
    // Fastify drops unknown fields by default; ours are refused.
    ajv: { customOptions: { removeAdditional: false } },
  })
  const onError = (error: unknown) => app.log.error({ err: error }, 'background work failed')

  const vault = createVault(key)
  const ledger = createLedger({ now })
  const blobs = createBlobStore({ dir: join(config.dataDir, 'blobs'), now })
  const registry = loadRegistry()
  const identity = createIdentity({
    database,
    ledger,
    vault,
    secrets: { subjects: deriveSecret(key, 'subjects'), tokens: deriveSecret(key, 'tokens') },
    freeCredits: config.freeCredits,
    now,
  })
  const generations = createGenerations({
    database,
    ledger,
    vault,
    blobs,
    registry,
    providers,
    now,
    timers: systemTimers,
    onError,
  })

  registerDrain(app, { graceMs: stopGraceMs })
  registerHeaders(app, { https })
  registerProblems(app)
  registerJsonBodies(app)
  registerAccessLog(app)
  await registerCors(app, extensionIds)
  await registerLimits(app, { perMinute: config.ratePerMinute })
  registerContractVersion(app)
  await app.register(cookie)
  if (mode === 'development') await registerOpenApi(app)
  registerAccess(app, {
    token: identity.authenticateToken,
    session: request => identity.authenticateSession(request.cookies[sessionCookie]),
  })

  registerHealth(app)
  await app.register(authRoutes({ identity }))
  await app.register(
    webRoutes({
      identity,
      provider: createEmbeddedProvider({ mode, dataDir, vault, origin, now }),
      origin,
      extensionIds,
      secret: deriveSecret(key, 'pages'),
    }),
  )
  await app.register(balanceRoutes({ database, ledger }))
  await app.register(modelRoutes(generations.models))
  await app.register(generationRoutes(generations))
  await app.register(
    eventRoutes({
      database,
      signals: generations.signals,
      timers: systemTimers,
      onRevoked: identity.onRevoked,
    }),
  )
  await app.register(pictureRoutes({ database, vault, files: createResultFiles(blobs), now }))

  await generations.recover()
  await checkBooks(database)
  const upkeep = startUpkeep({ purge: createPurge({ database, blobs, now }), identity, timers: systemTimers, onError })
  generations.start()

  app.addHook('onClose', async () => {
    await upkeep.stop()
    await generations.stop({ graceMs: stopGraceMs })
    await Promise.all([...providers.values()].map(provider => provider.close()))
    await database.close()
  })
  return app
}

/** Books that do not balance are never written to again. */
async function checkBooks(database: Database): Promise<void> {
  const violations = await audit(database.read)
  if (violations.length === 0) return
  const list = violations.map(({ invariant, detail }) => `${invariant} (${detail})`).join('; ')
  throw new Error(`The ledger is not in order, and nothing is served from it: ${list}`)
}
