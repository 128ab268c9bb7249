import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ProblemError } from '../contract/problems.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * A narrower limit for routes that are dear to serve or good for guessing: 'sign-in' counts by address, 'job' by
     * person.
     */
    limit?: 'sign-in' | 'job'
  }
}

const timeWindow = 60_000
/** What a narrow limit lets through of the usual one: 30 of 600 a minute. */
const narrow = 1 / 20

type Limit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

/** Answers 429 too_many_requests with Retry-After from the request on that is one too many in a minute. */
function createLimit(app: FastifyInstance, max: number, keyGenerator?: (request: FastifyRequest) => string): Limit {
  const count = app.createRateLimit({ max, timeWindow, ...(keyGenerator && { keyGenerator }) })
  return async (request, reply) => {
    const counted = await count(request)
    if (counted.isAllowed || !counted.isExceeded) return
    reply.header('retry-after', counted.ttlInSeconds)
    throw new ProblemError('too_many_requests')
  }
}

/**
 * Limits per address (IPv6: per /64). Registered before the access rules, so that whoever guesses tokens or addresses
 * (401, 404) is counted too.
 */
export async function registerLimits(app: FastifyInstance, { perMinute }: { perMinute: number }): Promise<void> {
  await app.register(rateLimit, { global: false })
  const all = createLimit(app, perMinute)
  const signIn = createLimit(app, Math.ceil(perMinute * narrow))
  app.addHook('onRequest', async (request, reply) => {
    const { rateLimit, limit } = request.routeOptions.config
    if (rateLimit !== false) await all(request, reply)
    if (limit === 'sign-in') await signIn(request, reply)
  })
}

/** Limits per person, from however many addresses; registered after the access rules, which say who asks. */
export function registerPersonLimits(app: FastifyInstance, { perMinute }: { perMinute: number }): void {
  const who = (request: FastifyRequest) => request.person.id
  const all = createLimit(app, perMinute, who)
  const jobs = createLimit(app, Math.ceil(perMinute * narrow), who)
  app.addHook('onRequest', async (request, reply) => {
    if (!request.person) return
    await all(request, reply)
    if (request.routeOptions.config.limit === 'job') await jobs(request, reply)
  })
}
