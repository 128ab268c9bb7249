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
    err: (error: Error & { code?: string }) => ({ type: error.name, code: error.code, stack: placesOf(error) }),
    req: () => undefined,
    res: () => undefined,
  },
})

/**
 * The lines of the stack that name places in code. The message in front of them is cut off by its length, because one of
 * several lines can look like a place.
 */
function placesOf({ stack = '', message }: Error): string {
  const start = stack.indexOf(message)
  if (start < 0) return ''
  const lines = stack.slice(start + message.length).split('\n')
  return lines.filter(line => line.trimStart().startsWith('at ')).join('\n')
}

export function registerAccessLog(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => logAccess(request, reply))
}

export function logAccess(request: FastifyRequest, reply: FastifyReply): void {
  const route = request.routeOptions.url ?? 'unknown'
  request.log.info({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) })
}
