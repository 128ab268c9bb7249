import type { FastifyInstance } from 'fastify'
import { ProblemError } from '../contract/problems.ts'

const checkMs = 25

/**
 * A stop lets requests under way finish, for `graceMs` at most, and then closes every connection; what comes meanwhile is
 * told to come back later. Left to Node, a stop would also wait for connections that Chrome opens ahead of need and
 * never uses, about a minute (https://github.com/nodejs/node/issues/63452). Needs `return503OnClosing: false`.
 */
export function registerDrain(app: FastifyInstance, { graceMs }: { graceMs: number }): void {
  let underWay = 0
  let isStopping = false
  app.addHook('onRequest', async (_request, reply) => {
    underWay += 1
    reply.raw.once('close', () => {
      underWay -= 1
    })
    if (isStopping) throw new ProblemError('unavailable')
  })
  app.addHook('preClose', async () => {
    isStopping = true
    if (!app.server.listening) return
    const deadline = performance.now() + graceMs
    const timer = setInterval(() => {
      if (underWay === 0 || performance.now() > deadline) app.server.closeAllConnections()
    }, checkMs)
    app.server.once('close', () => clearInterval(timer))
  })
}
