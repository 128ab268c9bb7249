import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { ProblemError } from '../contract/problems.ts'

/** Limits per address and minute; answers 429 too_many_requests with Retry-After. Unknown addresses (404) count too. */
export async function registerLimits(app: FastifyInstance, { perMinute }: { perMinute: number }): Promise<void> {
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    errorResponseBuilder: () => new ProblemError('too_many_requests'),
  })
}
