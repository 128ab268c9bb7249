import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Config } from '../config/config.ts'
import { logOptions } from '../http/access-log.ts'
import { schemaOptions } from '../http/schemas.ts'
import { answerUnrouted } from '../http/unrouted.ts'
import type { Provider } from '../providers/provider.ts'
import { createDomain, type Domain } from './domain.ts'
import { type Infrastructure, openInfrastructure } from './infrastructure.ts'
import { registerRoutes } from './routes.ts'
import { startScheduler } from './scheduler.ts'

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

/** The whole backend, wired and recovered, ready to listen. Closing it ends requests, jobs and the database in this order. */
export async function build(options: BuildOptions): Promise<FastifyInstance> {
  const { config, providers, now = Date.now, stopGraceMs = 10_000, logTo } = options
  const app = Fastify({
    logger: { ...logOptions(config.logLevel), ...(logTo && { stream: logTo }) },
    logController: new LogController({ disableRequestLogging: true }),
    // JSON and forms have a few fields; pictures are read and limited part by part.
    bodyLimit: 64 * 1024,
    requestTimeout: 120_000,
    trustProxy: config.trustedProxies.length > 0 && [...config.trustedProxies],
    connectionTimeout: 150_000,
    return503OnClosing: false,
    ...answerUnrouted({ https: config.origin.startsWith('https:') }),
    ...schemaOptions,
  })
  try {
    const infrastructure = await openInfrastructure(app, { config, now, providers })
    const domain = createDomain(infrastructure)
    await registerRoutes(app, { infrastructure, domain, stopGraceMs })
    await startWork(app, { infrastructure, domain, stopGraceMs })
  } catch (error) {
    await app.close()
    throw error
  }
  return app
}

interface Work {
  infrastructure: Infrastructure
  domain: Domain
  stopGraceMs: number
}

/** What runs beside the requests: jobs, and what goes by the clock. */
async function startWork(app: FastifyInstance, { infrastructure, domain, stopGraceMs }: Work): Promise<void> {
  const { jobs } = domain
  await jobs.recover()
  const scheduler = startScheduler({ ...domain, timers: infrastructure.timers, onError: infrastructure.onError })

  // One grace for requests and jobs together: jobs go on while the last requests are answered.
  let stopBy = 0
  app.addHook('preClose', async () => {
    stopBy = performance.now() + stopGraceMs
  })
  app.addHook('onClose', async () => {
    const graceMs = Math.max(0, stopBy - performance.now())
    await Promise.all([scheduler.stop(), jobs.stop({ graceMs })])
  })
  await jobs.start()
}
