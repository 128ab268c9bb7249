import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { closed } from '../contract/common.ts'
import { ProblemError } from '../contract/problems.ts'
import { html } from '../web/html.ts'
import { sendPage } from '../web/page.ts'
import { checkSameOrigin, type Site } from '../web/site.ts'
import type { Identity } from './identity.ts'
import { nextOf, welcomePath } from './paths.ts'
import { type Answers, answers, isComplete, questionsPage, tooYoung } from './questions.ts'
import type { Attempts } from './sign-in-attempts.ts'
import { sessionCookie, sessionCookieOptions, visitOf } from './web-sessions.ts'

const attempt = Type.String({ pattern: '^[A-Za-z0-9_-]{8}$' })
const WelcomeForm = closed({ attempt, ...answers })

interface WelcomePagesDeps {
  identity: Identity
  attempts: Attempts
  site: Site
}

/** The questions of a sign-in that the provider has vouched for, before there is an account. */
export const welcomePages =
  ({ identity, attempts, site }: WelcomePagesDeps): FastifyPluginAsyncTypebox =>
  async app => {
    const config = { access: 'web' } as const

    const heldBy = async (request: FastifyRequest, id: string) => {
      const held = await attempts.held(request, id)
      if (!held) throw new ProblemError('sign_in_failed')
      return { ...held, next: nextOf(held.next, site.origin) }
    }

    const ask = async (request: FastifyRequest, reply: FastifyReply, id: string, given?: Answers) => {
      const { claims } = await heldBy(request, id)
      const isKnown = await identity.knows(claims)
      return sendPage(request, reply, t =>
        questionsPage(t, {
          title: isKnown ? 'consent.title' : 'welcome.title',
          here: welcomePath(id),
          action: '/welcome',
          fields: { attempt: id },
          back: '/',
          intro: html`<h1>${isKnown ? t('consent.heading') : t('welcome.heading', { name: claims.name })}</h1>
      <p class="small">${claims.email}</p>
      <p>${t(isKnown ? 'consent.text' : 'welcome.text')}</p>`,
          given,
        }),
      )
    }

    app.get('/welcome', { config, schema: { querystring: closed({ attempt }) } }, async (request, reply) =>
      ask(request, reply, request.query.attempt),
    )

    app.post(
      '/welcome',
      { config: { ...config, limit: 'sign-in' }, schema: { body: WelcomeForm } },
      async (request, reply) => {
        checkSameOrigin(request, site.origin)
        const { attempt: id, ...given } = request.body
        if (!isComplete(given)) return ask(request, reply, id, given)
        const { claims, next } = await heldBy(request, id)
        const cookie = await identity.admit(claims, given.age, visitOf(request))
        attempts.end(reply, { id })
        if (given.age === 'under_13') {
          const text = (await identity.knows(claims)) ? 'consent.young.text' : 'welcome.young.text'
          return sendPage(request, reply, tooYoung(text))
        }
        // Another tab of this browser may have answered first.
        if (!cookie && !request.webPerson) throw new ProblemError('sign_in_failed')
        if (cookie) reply.setCookie(sessionCookie, cookie, sessionCookieOptions)
        return reply.redirect(next, 303)
      },
    )
  }
