import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { closed } from '../contract/common.ts'
import { type ProblemCode, ProblemError, problems } from '../contract/problems.ts'
import { messagePage, sendPage, tryAgain } from '../web/page.ts'
import type { Site } from '../web/site.ts'
import type { Identity } from './identity.ts'
import { nextOf, welcomePath } from './paths.ts'
import type { IdentityProvider } from './provider.ts'
import type { Attempts } from './sign-in-attempts.ts'
import { sessionCookie, sessionCookieOptions, visitOf } from './web-sessions.ts'

export interface SignInPagesDeps {
  identity: Identity
  provider: IdentityProvider
  attempts: Attempts
  site: Site
}

const SignInQuery = closed({ next: Type.Optional(Type.String({ maxLength: 2000 })) })

/** Not closed: providers add parameters of their own. */
const CallbackQuery = Type.Object({
  state: Type.String({ maxLength: 200 }),
  code: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
  error: Type.Optional(Type.String({ maxLength: 200 })),
})

const SignOutForm = closed({ form_token: Type.String() })

const asProblem = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error
  throw error
}

/** The attempt is not used up: it can be finished by loading the page again, or a new one be begun. */
const tryAgainLater = (request: FastifyRequest, reply: FastifyReply, code: ProblemCode, next: string) => {
  const shown = code === 'unavailable' ? code : 'sign_in_failed'
  return sendPage(request, reply, t =>
    messagePage(t, `problem.${shown}`, tryAgain(t, next), { status: problems[shown].status }),
  )
}

/** Signing in to the web pages by way of the identity provider (authorization code with PKCE, state and nonce), and out. */
export const signInPages =
  ({ identity, provider, attempts, site }: SignInPagesDeps): FastifyPluginAsyncTypebox =>
  async app => {
    app.get(
      '/sign-in',
      { config: { access: 'public', limit: 'sign-in' }, schema: { querystring: SignInQuery } },
      async (request, reply) => {
        const { state, nonce, challenge } = attempts.start(request, reply, nextOf(request.query.next, site.origin))
        return reply.redirect(provider.authorizeUrl({ state, nonce, challenge }), 303)
      },
    )

    app.get(
      '/sign-in/callback',
      {
        config: { access: 'public', limit: 'sign-in' },
        // The one GET that changes something, because the provider can only send the browser here.
        exposeHeadRoute: false,
        schema: { querystring: CallbackQuery },
      },
      async (request, reply) => {
        const { state, code, error } = request.query
        const attempt = attempts.find(request, state)
        if (!attempt) throw new ProblemError('sign_in_failed')
        const next = nextOf(attempt.next, site.origin)

        if (error === 'access_denied') {
          attempts.end(reply, attempt)
          return sendPage(request, reply, t => messagePage(t, 'cancelled', tryAgain(t, next)))
        }
        if (error !== undefined || code === undefined) return tryAgainLater(request, reply, 'sign_in_failed', next)

        const { verifier, nonce } = attempt
        const claims = await provider.exchange({ code, verifier, nonce }).catch(asProblem)
        if (claims instanceof ProblemError) return tryAgainLater(request, reply, claims.code, next)
        const cookie = await identity.signIn(claims, visitOf(request))
        if (cookie === null) {
          await attempts.hold(reply, attempt, claims)
          return reply.redirect(welcomePath(attempt.id), 303)
        }
        attempts.end(reply, attempt)
        reply.setCookie(sessionCookie, cookie, sessionCookieOptions)
        return reply.redirect(next, 303)
      },
    )

    app.post('/sign-out', { config: { access: 'web' }, schema: { body: SignOutForm } }, async (request, reply) => {
      const { sessionId } = site.checkForm(request, request.body.form_token)
      await identity.endSession(sessionId)
      reply.clearCookie(sessionCookie, sessionCookieOptions)
      return reply.redirect('/', 303)
    })
  }
