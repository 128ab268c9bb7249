import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import { registerProblemPages } from './problem-page.ts'

/** Makes `app` a scope of pages: bodies are forms and nothing else, errors are pages, one host. Needs @fastify/cookie above. */
export async function registerPageScope(app: FastifyInstance, { origin }: { origin: string }): Promise<void> {
  app.removeAllContentTypeParsers()
  await app.register(formbody, { bodyLimit: 16 * 1024 })
  registerProblemPages(app)
  registerLoopbackName(app, new URL(origin))
}

/** Cookies belong to one host name: on a developer's machine 127.0.0.1 is sent on to localhost. */
function registerLoopbackName(app: FastifyInstance, { hostname, origin }: URL): void {
  if (hostname !== 'localhost') return
  app.addHook('onRequest', async (request, reply) => {
    const isGet = request.method === 'GET' || request.method === 'HEAD'
    if (isGet && ['127.0.0.1', '[::1]'].includes(request.hostname)) return reply.redirect(origin + request.url, 307)
  })
}
