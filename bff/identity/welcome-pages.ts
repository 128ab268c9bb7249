import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { closed } from '../contract/common.ts'
import { ProblemError } from '../contract/problems.ts'
import { html } from '../web/html.ts'
import type { Texts } from '../web/language.ts'
import { messagePage, sendPage, toHome } from '../web/page.ts'
import { checkSameOrigin, type Site } from '../web/site.ts'
import type { Identity } from './identity.ts'
import { consentPath, nextOf, welcomePath } from './paths.ts'
import { type Answers, answers, isComplete, questions } from './questions.ts'
import type { Attempts } from './sign-in-attempts.ts'
import { sessionCookie, sessionCookieOptions, visitOf } from './web-sessions.ts'

export interface WelcomePagesDeps {
  identity: Identity
  attempts: Attempts
  site: Site
}

const attempt = Type.String({ pattern: '^[A-Za-z0-9_-]{8}$' })
const next = Type.Optional(Type.String({ maxLength: 2000 }))
const WelcomeForm = closed({ attempt, ...answers })
const ConsentForm = closed({ next, form_token: Type.String(), ...answers })

/** The questions before there is an account, and again for people who are signed in when the policy has changed. */
export const welcomePages =
  ({ identity, attempts, site }: WelcomePagesDeps): FastifyPluginAsyncTypebox =>
  async app => {
    const config = { access: 'web' } as const

    const heldBy = async (request: FastifyRequest, id: string) => {
      const held = await attempts.held(request, id)
      if (!held) throw new ProblemError('sign_in_failed')
      return { ...held, next: nextOf(held.next, site.origin) }
    }

    const askStranger = async (request: FastifyRequest, reply: FastifyReply, id: string, given?: Answers) => {
      const { claims } = await heldBy(request, id)
      const isKnown = await identity.knows(claims)
      return sendPage(request, reply, t => ({
        title: t(isKnown ? 'consent.title' : 'welcome.title'),
        here: welcomePath(id),
        status: given ? 400 : 200,
        main: questions(t, {
          action: '/welcome',
          fields: { attempt: id },
          back: '/',
          intro: html`<h1>${isKnown ? t('consent.heading') : t('welcome.heading', { name: claims.name })}</h1>
      <p class="small">${claims.email}</p>
      <p>${t(isKnown ? 'consent.text' : 'welcome.text')}</p>`,
          chosen: given?.age,
        }),
      }))
    }

    app.get('/welcome', { config, schema: { querystring: closed({ attempt }) } }, async (request, reply) =>
      askStranger(request, reply, request.query.attempt),
    )

    app.post(
      '/welcome',
      { config: { ...config, limit: 'sign-in' }, schema: { body: WelcomeForm } },
      async (request, reply) => {
        checkSameOrigin(request, site.origin)
        const { attempt: id, ...given } = request.body
        if (!isComplete(given)) return askStranger(request, reply, id, given)
        const { claims, next } = await heldBy(request, id)
        const cookie = await identity.admit(claims, given.age, visitOf(request))
        attempts.end(reply, { id })
        if (given.age === 'under_13') {
          return sendPage(
            request,
            reply,
            tooYoung((await identity.knows(claims)) ? 'consent.young.text' : 'welcome.young.text'),
          )
        }
        // Another tab of this browser may have answered first.
        if (!cookie && !request.webPerson) throw new ProblemError('sign_in_failed')
        if (cookie) reply.setCookie(sessionCookie, cookie, sessionCookieOptions)
        return reply.redirect(next, 303)
      },
    )

    const askAgain = async (request: FastifyRequest, reply: FastifyReply, path?: string, given?: Answers) => {
      const { id, sessionId } = request.webPerson!
      const person = await identity.person(id)
      if (!person) throw new ProblemError('signed_out')
      const fields = { ...(path !== undefined && { next: path }), form_token: site.formToken(sessionId) }
      return sendPage(request, reply, t => ({
        title: t('consent.title'),
        here: consentPath(path),
        status: given ? 400 : 200,
        main: questions(t, {
          action: '/consent',
          fields,
          back: '/account',
          intro: html`<h1>${t('consent.heading')}</h1>
      <p>${t('consent.text')}</p>
      <p class="small">${t('home.signed-in', { name: person.name })}<br>${person.email}</p>`,
          chosen: given?.age,
        }),
      }))
    }

    app.get(
      '/consent',
      { config: { ...config, signedIn: true }, schema: { querystring: closed({ next }) } },
      async (request, reply) => {
        const path = request.query.next
        if (!(await identity.hasAgreed(request.webPerson!.id))) return askAgain(request, reply, path)
        return path === undefined ? sendPage(request, reply, thanks) : reply.redirect(nextOf(path, site.origin), 303)
      },
    )

    app.post('/consent', { config, schema: { body: ConsentForm } }, async (request, reply) => {
      const { next: path, form_token, ...given } = request.body
      const { id } = site.checkForm(request, form_token)
      if (!isComplete(given)) return askAgain(request, reply, path, given)
      await identity.agree(id, given.age)
      if (given.age === 'under_13') {
        reply.clearCookie(sessionCookie, sessionCookieOptions)
        return sendPage(request, reply, tooYoung('consent.young.text'))
      }
      return reply.redirect(path === undefined ? consentPath(path) : nextOf(path, site.origin), 303)
    })
  }

const tooYoung = (text: 'welcome.young.text' | 'consent.young.text') => (t: Texts) =>
  messagePage(t, 'welcome.young', toHome(t), { text })

const thanks = (t: Texts) => messagePage(t, 'consent.done', { label: t('account.to'), href: '/account' })
