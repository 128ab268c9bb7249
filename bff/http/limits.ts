import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { ProblemError } from '../contract/problems.ts'

/**
 * Limits per address (IPv6: per /64) and minute; answers 429 too_many_requests with Retry-After. Before the access rules,
 * so that whoever guesses tokens or addresses (401, 404) is counted too.
 */
export async function registerLimits(app: FastifyInstance, { perMinute }: { perMinute: number }): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    max: perMinute,
    timeWindow: 60_000,
    errorResponseBuilder: () => new ProblemError('too_many_requests'),
  })
  const limit = app.rateLimit()
  app.addHook('onRequest', async function (request, reply) {
    if (request.routeOptions.config.rateLimit !== false) await limit.call(this, request, reply)
  })
}
