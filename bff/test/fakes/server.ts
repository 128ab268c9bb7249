import type { IncomingHttpHeaders } from 'node:http'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'

export interface SeenRequest {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** What a server does in place of its answer. */
export type Fault = (reply: FastifyReply, request: SeenRequest) => unknown

/** A provider's server on a free port of this machine: keeps what it is sent, and plays a fault instead of its answer. */
export async function startFake(routes: (app: FastifyInstance) => void) {
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 256 * 1024 * 1024 })
  const seen: SeenRequest[] = []
  let connections = 0
  let fault: Fault | null = null
  let faultsLeft = 0
  app.server.on('connection', () => {
    connections += 1
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('preHandler', async (request, reply) => {
    const { method, url: path, headers } = request
    const arrived = { method, path, headers, body: (request.body as Buffer | undefined) ?? Buffer.alloc(0) }
    seen.push(arrived)
    if (!fault || faultsLeft === 0) return
    faultsLeft -= 1
    await fault(reply, arrived)
    return reply
  })
  routes(app)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    port: Number(new URL(url).port),
    seen,
    connections: () => connections,
    /** From now on this fault instead of an answer, `times` times. */
    play(next: Fault | null, times = Number.POSITIVE_INFINITY) {
      fault = next
      faultsLeft = times
    },
    close: () => app.close(),
  }
}

/** A body as JSON. */
export const jsonOf = ({ body }: Pick<SeenRequest, 'body'>): unknown => JSON.parse(body.toString())
