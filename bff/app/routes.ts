import cookie from '@fastify/cookie'
import type { FastifyInstance } from 'fastify'
import { loadOperator } from '../billing/operator.ts'
import { billingPages } from '../billing/pages/pages.ts'
import { billingRoutes } from '../billing/routes.ts'
import { createBillingView } from '../billing/view.ts'
import { registerAccess } from '../http/access.ts'
import { registerAccessLog } from '../http/access-log.ts'
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
import { authRoutes } from '../identity/auth-routes.ts'
import { createEmbeddedProvider } from '../identity/embedded/provider.ts'
import { createGoogleProvider } from '../identity/google/provider.ts'
import { webRoutes } from '../identity/web-routes.ts'
import { sessionCookie } from '../identity/web-sessions.ts'
import { eventRoutes } from '../jobs/events/events-routes.ts'
import { jobRoutes } from '../jobs/routes.ts'
import { webhookRoutes } from '../jobs/webhook-routes.ts'
import { balanceRoutes } from '../ledger/routes.ts'
import { createResultFiles } from '../library/result-files.ts'
import { pictureRoutes } from '../library/routes.ts'
import { modelRoutes } from '../models/routes.ts'
import { notFoundPage } from '../web/scope.ts'
import { createSite } from '../web/site.ts'
import type { Domain } from './domain.ts'
import type { Infrastructure } from './infrastructure.ts'

/** Of results on their way to people, in memory. */
const resultBytes = { all: 256 * 1024 ** 2, perPerson: 64 * 1024 ** 2 }

interface Options {
  infrastructure: Infrastructure
  domain: Domain
  stopGraceMs: number
}

/** Everything that is asked over HTTP. What holds for all routes comes first, and in this order. */
export async function registerRoutes(app: FastifyInstance, options: Options): Promise<void> {
  await registerRules(app, options)
  await registerApi(app, options)
  await registerPages(app, options)
}

async function registerRules(app: FastifyInstance, { infrastructure, domain, stopGraceMs }: Options): Promise<void> {
  const { origin, extensionIds, ratePerMinute: perMinute, mode } = infrastructure.config
  const { identity } = domain
  registerDrain(app, { graceMs: stopGraceMs })
  registerHeaders(app, { https: origin.startsWith('https:') })
  registerProblems(app, { notFoundPage })
  registerJsonBodies(app)
  registerKnownFields(app)
  registerAccessLog(app)
  await registerCors(app, extensionIds)
  await registerLimits(app, { perMinute })
  registerContractVersion(app)
  await app.register(cookie)
  if (mode === 'development') await registerOpenApi(app)
  registerAccess(app, {
    token: identity.authenticateToken,
    session: request => identity.authenticateSession(request.cookies[sessionCookie]),
    refusal: identity.refusal,
  })
  registerPersonLimits(app, { perMinute })
}

async function registerApi(app: FastifyInstance, { infrastructure, domain }: Options): Promise<void> {
  const { config, timers, database, vault, blobs, providers } = infrastructure
  const { ledger, identity, jobs, billing, paymentRoutes, watch } = domain
  registerHealth(app, { ledgerInOrder: watch.isInOrder })
  await app.register(authRoutes({ identity }))
  await app.register(balanceRoutes({ database, ledger }))
  await app.register(billingRoutes({ billing, show: createBillingView(billing, vault), origin: config.origin }))
  await app.register(paymentRoutes)
  await app.register(modelRoutes(jobs.offer))
  await app.register(jobRoutes(jobs))
  await app.register(webhookRoutes({ providers, receive: jobs.receive }))
  await app.register(eventRoutes({ database, signals: jobs.signals, timers, onRevoked: identity.onRevoked }))
  const budget = createMemoryBudget(resultBytes)
  await app.register(
    pictureRoutes({ database, vault, files: createResultFiles(blobs), budget, changes: jobs.pictures }),
  )
}

async function registerPages(app: FastifyInstance, { infrastructure, domain }: Options): Promise<void> {
  const { config, now, secret, vault } = infrastructure
  const { mode, dataDir, origin, extensionIds, google } = config
  const { identity, billing } = domain
  const pageSecret = secret('pages')
  const site = createSite({ origin, extensionIds, secret: pageSecret })
  const provider = google
    ? createGoogleProvider({ google, origin, now })
    : createEmbeddedProvider({ mode, dataDir, vault, origin, now })
  await app.register(webRoutes({ identity, provider, site, secret: pageSecret, now }))
  await app.register(
    billingPages({
      billing,
      show: createBillingView(billing, vault),
      site,
      operator: loadOperator(config.operatorFile),
      refusal: identity.refusal,
    }),
  )
}
