import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { LoggerOptions } from 'pino'

/**
 * The log is an allow-list: method, route pattern, status, time. No address of a resource, query, header, body or person.
 * Errors keep their type and stack; their message could quote input, and is left out.
 */
export const logOptions = (level: string): LoggerOptions => ({
  level,
  base: null,
  timestamp: () => `,"at":${Date.now()}`,
  serializers: {
    err: (error: Error & { code?: string }) => ({
      type: error.name,
      code: error.code,
      stack: error.stack
        ?.split('\n')
        .filter(line => line.trimStart().startsWith('at '))
        .join('\n'),
    }),
    req: () => undefined,
    res: () => undefined,
  },
})

export function registerAccessLog(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => logAccess(request, reply))
}

export function logAccess(request: FastifyRequest, reply: FastifyReply): void {
  const route = request.routeOptions.url ?? 'unknown'
  request.log.info({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) })
}
