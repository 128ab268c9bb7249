import formbody from '@fastify/formbody'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ProblemCode, problems } from '../contract/problems.ts'
import { toProblem } from '../http/problems.ts'
import { isText, type Texts } from './language.ts'
import { type MessageKey, messagePage, sendPage, signInPath, toCredits, toHome, tryAgain, type WayOn } from './page.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** On routes with access 'web': visitors are sent to the sign-in, and come back. */
    signedIn?: true
  }
}

/** Makes `app` a scope of pages: bodies are forms and nothing else, errors are pages, one host. Needs @fastify/cookie above. */
export async function registerPageScope(app: FastifyInstance, { origin }: { origin: string }): Promise<void> {
  app.removeAllContentTypeParsers()
  await app.register(formbody, { bodyLimit: 16 * 1024 })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { code } = toProblem(error)
    if (code === 'internal') request.log.error({ err: error }, 'internal')
    return sendPage(request, reply, t => problemPage(t, code))
  })
  registerLoopbackName(app, new URL(origin))
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.signedIn && !request.webPerson) return reply.redirect(signInPath(request.url), 303)
  })
}

const waysOn: Partial<Record<ProblemCode, (t: Texts) => WayOn>> = {
  sign_in_failed: t => tryAgain(t, '/'),
  signed_out: t => tryAgain(t, '/'),
  pack_unknown: toCredits,
  not_refundable: toCredits,
  payments_unavailable: toCredits,
}

/** The same table of problems as the API; those that no page explains are told by what they mean for the person. */
function problemPage(t: Texts, code: ProblemCode) {
  const { status } = problems[code]
  const key = `problem.${code}`
  const shown = isText(key) ? (key as MessageKey) : status < 500 ? 'problem.invalid_request' : 'problem.unavailable'
  return messagePage(t, shown, (waysOn[code] ?? toHome)(t), { status })
}

/** For an address that leads nowhere. */
export const notFoundPage = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  sendPage(request, reply, t => problemPage(t, 'not_found'))

/** Cookies belong to one host name: on a developer's machine 127.0.0.1 is sent on to localhost. */
function registerLoopbackName(app: FastifyInstance, { hostname, origin }: URL): void {
  if (hostname !== 'localhost') return
  app.addHook('onRequest', async (request, reply) => {
    const isGet = request.method === 'GET' || request.method === 'HEAD'
    if (isGet && ['127.0.0.1', '[::1]'].includes(request.hostname)) return reply.redirect(origin + request.url, 307)
  })
}
