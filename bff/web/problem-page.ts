import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ProblemCode, problems } from '../contract/problems.ts'
import { toProblem } from '../http/problems.ts'
import { messagePage, toHome, tryAgain } from './message.ts'
import { sendPage } from './page.ts'

const shown = [
  'sign_in_failed',
  'signed_out',
  'forbidden_origin',
  'invalid_request',
  'too_many_requests',
  'unavailable',
  'internal',
] as const satisfies ProblemCode[]
type Shown = (typeof shown)[number]

const isShown = (code: ProblemCode): code is Shown => (shown as readonly ProblemCode[]).includes(code)

/** Errors of the pages of `app` as pages; the same table of problems as the API. */
export function registerProblemPages(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { code } = toProblem(error)
    const { status } = problems[code]
    if (code === 'internal') request.log.error({ err: error }, 'internal')
    const text = isShown(code) ? code : status < 500 ? 'invalid_request' : 'unavailable'
    return sendPage(
      request,
      reply,
      t =>
        messagePage({
          title: t(`problem.${text}`),
          text: t(`problem.${text}.text`),
          action: text === 'sign_in_failed' || text === 'signed_out' ? tryAgain(t, '/') : toHome(t),
        }),
      { status },
    )
  })
}

/** For an address that leads nowhere. */
export const notFoundPage = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  sendPage(
    request,
    reply,
    t => messagePage({ title: t('problem.not_found'), text: t('problem.not_found.text'), action: toHome(t) }),
    { status: problems.not_found.status },
  )
