import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { closed } from '../contract/common.ts'
import { html } from '../web/html.ts'
import { messagePage, sendPage } from '../web/page.ts'
import type { Site } from '../web/site.ts'
import type { Identity } from './identity.ts'
import { consentPath, nextOf } from './paths.ts'
import { type Answers, answers, isComplete, questionsPage, tooYoung } from './questions.ts'
import { sessionCookie, sessionCookieOptions } from './web-sessions.ts'

const next = Type.Optional(Type.String({ maxLength: 2000 }))
const ConsentForm = closed({ next, form_token: Type.String(), ...answers })

/** The questions again, for people who are signed in when the policy has changed. */
export const consentPages =
  ({ identity, site }: { identity: Identity; site: Site }): FastifyPluginAsyncTypebox =>
  async app => {
    const ask = async (request: FastifyRequest, reply: FastifyReply, path?: string, given?: Answers) => {
      const { id, sessionId } = request.webPerson!
      const person = await identity.person(id)
      const fields = { ...(path !== undefined && { next: path }), form_token: site.formToken(sessionId) }
      return sendPage(request, reply, t =>
        questionsPage(t, {
          title: 'consent.title',
          here: consentPath(path),
          action: '/consent',
          fields,
          back: '/account',
          intro: html`<h1>${t('consent.heading')}</h1>
      <p>${t('consent.text')}</p>
      <p class="small">${t('home.signed-in', { name: person.name })}<br>${person.email}</p>`,
          given,
        }),
      )
    }

    app.get(
      '/consent',
      { config: { access: 'web', signedIn: true }, schema: { querystring: closed({ next }) } },
      async (request, reply) => {
        const path = request.query.next
        if (!(await identity.hasAgreed(request.webPerson!.id))) return ask(request, reply, path)
        if (path !== undefined) return reply.redirect(nextOf(path, site.origin), 303)
        return sendPage(request, reply, t =>
          messagePage(t, 'consent.done', { label: t('account.to'), href: '/account' }),
        )
      },
    )

    app.post('/consent', { config: { access: 'web' }, schema: { body: ConsentForm } }, async (request, reply) => {
      const { next: path, form_token, ...given } = request.body
      const { id } = site.checkForm(request, form_token)
      if (!isComplete(given)) return ask(request, reply, path, given)
      await identity.agree(id, given.age)
      if (given.age === 'under_13') {
        reply.clearCookie(sessionCookie, sessionCookieOptions)
        return sendPage(request, reply, tooYoung('consent.young.text'))
      }
      return reply.redirect(path === undefined ? consentPath(path) : nextOf(path, site.origin), 303)
    })
  }
