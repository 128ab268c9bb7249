import { join } from 'node:path'
import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { createBooksWatch } from '../billing/audit/watch.ts'
import { createBilling } from '../billing/billing.ts'
import { openShop } from '../billing/choose-provider.ts'
import { loadOperator } from '../billing/operator.ts'
import { loadPacks } from '../billing/packs.ts'
import { billingPages } from '../billing/pages/pages.ts'
import { lossesOf, offersOf } from '../billing/price-floor.ts'
import { billingRoutes } from '../billing/routes.ts'
import { createBillingView } from '../billing/view.ts'
import type { Config } from '../config/config.ts'
import { openDatabase } from '../db/open.ts'
import { registerAccess } from '../http/access.ts'
import { logOptions, registerAccessLog } from '../http/access-log.ts'
import { registerContractVersion } from '../http/contract-version.ts'
import { registerCors } from '../http/cors.ts'
import { registerDrain } from '../http/drain.ts'
import { registerHeaders } from '../http/headers.ts'
import { registerHealth } from '../http/health.ts'
import { registerJsonBodies } from '../http/json-body.ts'
import { registerKnownFields } from '../http/known-fields.ts'
import { registerLimits, registerPersonLimits } from '../http/limits.ts'
import { createMemoryBudget } from '../http/memory-budget.ts'
import { registerOpenApi } from '../http/openapi.ts'
import { registerProblems } from '../http/problems.ts'
import { answerUnrouted } from '../http/unrouted.ts'
import { authRoutes } from '../identity/auth-routes.ts'
import { createEmbeddedProvider } from '../identity/embedded/provider.ts'
import { checkForm, formToken } from '../identity/form-token.ts'
import { createGoogleProvider } from '../identity/google/provider.ts'
import { createIdentity } from '../identity/identity.ts'
import { webRoutes } from '../identity/web-routes.ts'
import { sessionCookie } from '../identity/web-sessions.ts'
import { eventRoutes } from '../jobs/events/events-routes.ts'
import { createGenerations } from '../jobs/jobs.ts'
import { createPurge } from '../jobs/purge.ts'
import { generationRoutes } from '../jobs/routes.ts'
import { systemTimers } from '../jobs/timers.ts'
import { webhookOf, webhookRoutes } from '../jobs/webhook-routes.ts'
import { createLedger } from '../ledger/ledger.ts'
import { balanceRoutes } from '../ledger/routes.ts'
import { createBlobStore } from '../library/blob-store.ts'
import { createResultFiles } from '../library/result-files.ts'
import { pictureRoutes } from '../library/routes.ts'
import { loadRegistry } from '../models/registry.ts'
import { modelRoutes } from '../models/routes.ts'
import { masterKey } from '../privacy/master-key.ts'
import { createVault, deriveSecret } from '../privacy/vault.ts'
import { descriptors } from '../providers/index.ts'
import type { Provider } from '../providers/provider.ts'
import { notFoundPage } from '../web/problem-page.ts'
import { startUpkeep } from './scheduler.ts'
import { checkBooks, checkMasterKey } from './start-checks.ts'

export interface BuildOptions {
  config: Config
  /** Those that are set up, by the name the catalogue uses; closed with the app. */
  providers: ReadonlyMap<string, Provider>
  now?: () => number
  /** How long requests and jobs under way may go on after a stop, in milliseconds. */
  stopGraceMs?: number
  /** Where the log goes; left out: standard output. */
  logTo?: { write(line: string): void }
}

/** Of results on their way to people, in memory. */
const resultBytes = { all: 256 * 1024 ** 2, perPerson: 64 * 1024 ** 2 }

/** The whole backend, wired and recovered, ready to listen. Closing it ends requests, jobs and the database in this order. */
export async function build(options: BuildOptions): Promise<FastifyInstance> {
  const { config, logTo } = options
  const https = config.origin.startsWith('https:')
  const app = Fastify({
    logger: { ...logOptions(config.logLevel), ...(logTo && { stream: logTo }) },
    logController: new LogController({ disableRequestLogging: true }),
    // JSON and forms have a few fields; pictures are read and limited part by part.
    bodyLimit: 64 * 1024,
    requestTimeout: 120_000,
    trustProxy: config.trustedProxies.length > 0 && [...config.trustedProxies],
    connectionTimeout: 150_000,
    return503OnClosing: false,
    ...answerUnrouted({ https }),
    // Fastify drops unknown fields by default; ours are refused.
    ajv: { customOptions: { removeAdditional: false } },
  })
  try {
    await assemble(app, options, https)
  } catch (error) {
    await app.close()
    throw error
  }
  return app
}

/** What is opened first is closed last: Fastify runs these hooks in reverse order, after the last request. */
async function assemble(app: FastifyInstance, options: BuildOptions, https: boolean): Promise<void> {
  const { config, providers, now = Date.now, stopGraceMs = 10_000 } = options
  const { origin, mode, dataDir, extensionIds } = config
  const key = masterKey(config)
  const vault = createVault(key)
  const databaseFile = join(dataDir, 'mimicit.db')
  const database = await openDatabase({ file: databaseFile })
  app.addHook('onClose', () => database.close())
  await checkMasterKey(database.read, vault)
  await checkBooks(database.read)

  app.addHook('onClose', async () => {
    await Promise.all([...providers.values()].map(provider => provider.close()))
  })
  const onError = (error: unknown) => app.log.error({ err: error }, 'background work failed')
  const ledger = createLedger({ now })
  const blobs = createBlobStore({ dir: join(dataDir, 'blobs'), now })
  app.addHook('onClose', () => blobs.close())
  const registry = loadRegistry(descriptors, config.modelsFile)
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
    mode,
    // Only an address that the internet reaches can be called back.
    callbackOf: job =>
      https && webhookOf(providers.get(job.provider)) ? `${origin}/v1/webhooks/${job.provider}/${job.id}` : null,
    now,
    timers: systemTimers,
    onError,
  })

  // Names no person and no payment: what it is about stands at the payment service.
  const onAlarm = (why: string) => app.log.error({ reason: why }, 'alarm: a payment needs a look')
  const books = createBooksWatch({
    file: databaseFile,
    now,
    onAlarm: what => app.log.error({ reason: what }, 'alarm: the books need a look'),
  })
  const packs = loadPacks()
  for (const loss of lossesOf(offersOf(registry.all()), packs))
    app.log.warn({ reason: loss }, 'a price is below its cost')
  const shop = openShop({ mode, stripe: config.stripe, origin, now, onAlarm })
  const billing = createBilling({
    database,
    ledger,
    packs,
    payments: shop.payments,
    now,
    onBalance: personId => generations.signals.send(personId, { type: 'balance' }),
    onAlarm,
  })

  registerDrain(app, { graceMs: stopGraceMs })
  registerHeaders(app, { https })
  registerProblems(app, { notFoundPage })
  registerJsonBodies(app)
  registerKnownFields(app)
  registerAccessLog(app)
  await registerCors(app, extensionIds)
  await registerLimits(app, { perMinute: config.ratePerMinute })
  registerContractVersion(app)
  await app.register(cookie)
  if (mode === 'development') await registerOpenApi(app)
  registerAccess(app, {
    token: identity.authenticateToken,
    session: request => identity.authenticateSession(request.cookies[sessionCookie]),
    refusal: identity.refusal,
  })
  registerPersonLimits(app, { perMinute: config.ratePerMinute })

  const pageSecret = deriveSecret(key, 'pages')
  registerHealth(app, { booksInOrder: books.isInOrder })
  await app.register(authRoutes({ identity }))
  await app.register(
    webRoutes({
      identity,
      provider: config.google
        ? createGoogleProvider({ google: config.google, origin, now })
        : createEmbeddedProvider({ mode, dataDir, vault, origin, now }),
      origin,
      extensionIds,
      secret: pageSecret,
      now,
    }),
  )
  await app.register(balanceRoutes({ database, ledger }))
  const show = createBillingView(billing)
  await app.register(billingRoutes({ billing, show, vault, origin }))
  await app.register(
    billingPages({
      billing,
      show,
      vault,
      operator: loadOperator(config.operatorFile),
      refusal: identity.refusal,
      origin,
      extensionIds,
      forms: {
        token: sessionId => formToken(pageSecret, sessionId),
        check: (request, token) => checkForm(request, token, { origin, secret: pageSecret }),
      },
    }),
  )
  await app.register(shop.plugin(billing))
  await app.register(modelRoutes(generations.offer))
  await app.register(generationRoutes(generations))
  await app.register(webhookRoutes({ providers, hear: generations.hear }))
  await app.register(
    eventRoutes({
      database,
      signals: generations.signals,
      timers: systemTimers,
      onRevoked: identity.onRevoked,
    }),
  )
  await app.register(
    pictureRoutes({ database, vault, files: createResultFiles(blobs), budget: createMemoryBudget(resultBytes), now }),
  )

  await generations.recover()
  const upkeep = startUpkeep({
    purge: createPurge({ database, blobs, now }),
    identity,
    generations,
    billing,
    books,
    timers: systemTimers,
    onError,
  })

  // One grace for requests and jobs together: jobs go on while the last requests are answered.
  let stopBy = 0
  app.addHook('preClose', async () => {
    stopBy = performance.now() + stopGraceMs
  })
  app.addHook('onClose', async () => {
    const graceMs = Math.max(0, stopBy - performance.now())
    await Promise.all([upkeep.stop(), generations.stop({ graceMs })])
  })
  await generations.start()
}
