import { randomBytes } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { closed } from '../contract/common.ts'
import { Secret } from '../contract/identity.ts'
import { type Html, hidden, html } from '../web/html.ts'
import type { Texts } from '../web/language.ts'
import { messagePage, sendPage, signInPath, toHome } from '../web/page.ts'
import type { Site } from '../web/site.ts'
import type { Identity } from './identity.ts'
import { consentPath } from './paths.ts'

/** Who asks: the extension's own state, and the challenge of a verifier that stays inside it. */
const request = {
  state: Secret,
  code_challenge: Secret,
  code_challenge_method: Type.Literal('S256'),
  extension_id: Type.String({ pattern: '^[a-p]{32}$' }),
}
const ConnectQuery = closed(request)
const ConnectForm = closed({ ...request, form_token: Type.String() })
type ConnectQuery = Static<typeof ConnectQuery>

/**
 * Hands a web sign-in to the extension in the same browser. The person says yes, and the page gives the extension a
 * one-time code by message; the tokens go straight from the backend to whoever holds the verifier, never through a page.
 */
export const connectPages =
  ({ identity, site }: { identity: Identity; site: Site }): FastifyPluginAsyncTypebox =>
  async app => {
    const unknownExtension = (t: Texts) => messagePage(t, 'connect.unknown', toHome(t), { status: 400 })

    app.get(
      '/extension/connect',
      { config: { access: 'web' }, schema: { querystring: ConnectQuery } },
      async (request, reply) => {
        if (!site.extensionIds.includes(request.query.extension_id)) return sendPage(request, reply, unknownExtension)
        const session = request.webPerson
        if (!session) return reply.redirect(signInPath(request.url), 303)
        const person = await identity.person(session.id)
        if (!(await identity.hasAgreed(person.id))) return reply.redirect(consentPath(request.url), 303)
        return sendPage(request, reply, t => ({
          title: t('connect.title'),
          here: request.url,
          main: question(t, person, request, site.formToken(session.sessionId)),
        }))
      },
    )

    app.post(
      '/extension/connect',
      { config: { access: 'web' }, schema: { body: ConnectForm } },
      async (request, reply) => {
        const { form_token, ...asked } = request.body
        const { id } = site.checkForm(request, form_token)
        if (!site.extensionIds.includes(asked.extension_id)) return sendPage(request, reply, unknownExtension)
        if (!(await identity.hasAgreed(id))) return reply.redirect(connectAgain(asked), 303)
        const code = await identity.issueCode(id, asked.code_challenge)
        const nonce = randomBytes(16).toString('base64')
        return sendPage(request, reply, t => ({
          title: t('handoff.title'),
          main: handoff(t, asked, code, nonce),
          nonce,
        }))
      },
    )
  }

const connectAgain = (asked: ConnectQuery) => consentPath(`/extension/connect?${new URLSearchParams(asked)}`)

function question(
  t: Texts,
  { name, email }: { name: string; email: string },
  { query, url }: { query: ConnectQuery; url: string },
  token: string,
): Html {
  return html`<h1>${t('connect.heading', { name })}</h1>
      <p class="small">${email}</p>
      <p>${t('connect.text')}</p>
      <p>${t('connect.started')}</p>
      <form method="post" action="/extension/connect" class="actions">
        ${hidden({ ...query, form_token: token })}
        <button class="primary">${t('connect.yes')}</button>
        <a class="button" href="/">${t('connect.no')}</a>
        <a href="${signInPath(url)}">${t('connect.other')}</a>
      </form>`
}

/** One of these shows at a time; the script switches, and a screen reader speaks it. */
const outcomes = ['working', 'done', 'silent', 'missing'] as const

function handoff(t: Texts, { extension_id, state }: ConnectQuery, code: string, nonce: string): Html {
  const part = (
    outcome: (typeof outcomes)[number],
  ) => html`<div data-outcome="${outcome}"${outcome !== 'working' && html` hidden`}>
        ${outcome === 'done' && tick}
        <h1>${t(`handoff.${outcome}`)}</h1>
        <p>${t(`handoff.${outcome}.text`)}</p>
      </div>`
  return html`<div role="status">${outcomes.map(part)}</div>
      <noscript><p>${t('handoff.script')}</p></noscript>
      <script nonce="${nonce}" src="/assets/handoff.js" data-extension="${extension_id}" data-state="${state}" data-code="${code}"></script>`
}

const tick = html`<svg class="tick" viewBox="0 0 28 28" aria-hidden="true"><path d="M5 15l6 6L23 8" /></svg>`
