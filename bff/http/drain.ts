import type { FastifyInstance } from 'fastify'

const checkMs = 25

/**
 * A stop lets requests under way finish, for `graceMs` at most, and then closes every connection. Left to Node, it would
 * also wait for those that Chrome opens ahead of need and never uses, about a minute
 * (https://github.com/nodejs/node/issues/63452).
 */
export function registerDrain(app: FastifyInstance, { graceMs }: { graceMs: number }): void {
  let underWay = 0
  app.addHook('onRequest', async (_request, reply) => {
    underWay += 1
    reply.raw.once('close', () => {
      underWay -= 1
    })
  })
  app.addHook('preClose', async () => {
    if (!app.server.listening) return
    const deadline = performance.now() + graceMs
    const timer = setInterval(() => {
      if (underWay === 0 || performance.now() > deadline) app.server.closeAllConnections()
    }, checkMs)
    app.server.once('close', () => clearInterval(timer))
  })
}
