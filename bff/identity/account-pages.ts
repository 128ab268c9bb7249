import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { closed, oneOf } from '../contract/common.ts'
import type { Person } from '../contract/identity.ts'
import { languageCodes, languages } from '../contract/values.ts'
import { type Html, hidden, html } from '../web/html.ts'
import type { Texts } from '../web/language.ts'
import { type Page, sendPage } from '../web/page.ts'
import type { Site } from '../web/site.ts'
import type { Identity } from './identity.ts'
import type { SignIn } from './sign-ins.ts'
import type { PausedBy } from './standing.ts'
import { sessionCookie, sessionCookieOptions } from './web-sessions.ts'

const form_token = Type.String()
const NameForm = closed({ form_token, name: Type.String({ maxLength: 80 }) })
const SignOutForm = closed({ form_token, kind: oneOf(['extension', 'web']), id: Type.String({ maxLength: 64 }) })
const PlainForm = closed({ form_token })

/** Who I am here, where I am signed in, and the ways to change it. */
export const accountPages =
  ({ identity, site }: { identity: Identity; site: Site }): FastifyPluginAsyncTypebox =>
  async app => {
    const config = { access: 'web' } as const
    const plain = { config, schema: { body: PlainForm } }
    const back = (reply: FastifyReply) => reply.redirect('/account', 303)
    const leave = (reply: FastifyReply) => reply.clearCookie(sessionCookie, sessionCookieOptions).redirect('/', 303)

    app.get('/account', { config: { access: 'web', signedIn: true } }, async (request, reply) => {
      const { id, sessionId } = request.webPerson!
      const person = await identity.person(id)
      const [signIns, pausedBy] = [await identity.signIns(id), await identity.pausedBy(id)]
      const view = { person, signIns, pausedBy, here: sessionId, formToken: site.formToken(sessionId) }
      return sendPage(request, reply, t => accountPage(t, view))
    })

    app.post('/account/name', { config, schema: { body: NameForm } }, async (request, reply) => {
      const { id } = site.checkForm(request, request.body.form_token)
      await identity.rename(id, request.body.name.trim() || null)
      return back(reply)
    })

    app.post('/account/sign-out', { config, schema: { body: SignOutForm } }, async (request, reply) => {
      const { form_token, ...signIn } = request.body
      const { id, sessionId } = site.checkForm(request, form_token)
      await identity.endSignIn(id, signIn)
      return signIn.id === sessionId ? leave(reply) : back(reply)
    })

    app.post('/account/sign-out-everywhere', plain, async (request, reply) => {
      await identity.signOutEverywhere(site.checkForm(request, request.body.form_token).id)
      return leave(reply)
    })

    app.post('/account/pause', plain, async (request, reply) => {
      await identity.pause(site.checkForm(request, request.body.form_token).id, 'person')
      return back(reply)
    })

    app.post('/account/resume', plain, async (request, reply) => {
      await identity.resume(site.checkForm(request, request.body.form_token).id, 'person')
      return back(reply)
    })
  }

interface View {
  person: Person
  signIns: readonly SignIn[]
  pausedBy: readonly PausedBy[]
  /** The web session this page is shown to. */
  here: string
  formToken: string
}

/** One section per matter, each with its own forms, all without script. */
function accountPage(t: Texts, view: View): Page {
  return {
    title: t('home.account'),
    here: '/account',
    main: html`<h1>${t('home.account')}</h1>
      ${profile(t, view)}
      ${places(t, view)}
      <section><h2>${t('account.credits')}</h2><p class="actions"><a class="button" href="/credits">${t('account.credits.to')}</a></p></section>
      ${pause(t, view)}
      <section><h2>${t('home.panel')}</h2><p>${t('home.panel.icon')}</p></section>`,
  }
}

const profile = (t: Texts, { person, formToken }: View) => html`<section>
        <h2>${t('account.profile')}</h2>
        <form method="post" action="/account/name">
          ${hidden({ form_token: formToken })}
          <label>${t('account.name')}<input name="name" maxlength="80" value="${person.name}" autocomplete="name" aria-describedby="name-note"></label>
          <p class="small" id="name-note">${t('account.name.text')}</p>
          <p class="actions"><button>${t('account.name.save')}</button></p>
        </form>
        <dl>
          <dt>${t('embedded.email')}</dt><dd>${person.email}</dd>
          <dt>${t('language.switch')}</dt>
          <dd><form method="post" action="/language" class="row">${hidden({ next: '/account' })}
            ${languageCodes.map(code => html`<button name="language" value="${code}" lang="${code}" aria-pressed="${String(code === t.language)}">${languages[code]}</button>`)}
          </form></dd>
          <dt>${t('account.number')}</dt><dd><code>${person.id}</code></dd>
        </dl>
      </section>`

const places = (t: Texts, { signIns, here, formToken }: View) => html`<section>
        <h2>${t('account.places')}</h2>
        <ul class="rows">
          ${signIns.map(signIn => place(t, signIn, { here, formToken }))}
        </ul>
        <form method="post" action="/account/sign-out-everywhere">
          ${hidden({ form_token: formToken })}
          <p class="small">${t('account.places.text')}</p>
          <p class="actions"><button>${t('account.everywhere')}</button></p>
        </form>
      </section>`

function place(
  t: Texts,
  { kind, id, browser, since, seen }: SignIn,
  { here, formToken }: { here: string; formToken: string },
): Html {
  const where = t(`account.place.${kind}`, { browser: browser ?? t('account.browser') })
  const times = t('account.place.times', { since: t.day(since, 'long'), seen: t.day(seen, 'long') })
  return html`<li>
            <p>${where}${id === here && html` <b>${t('account.here')}</b>`}<br><span class="small">${times}</span></p>
            <form method="post" action="/account/sign-out">${hidden({ form_token: formToken, kind, id })}<button aria-label="${t('account.place.sign-out', { where })}">${t('home.sign-out')}</button></form>
          </li>`
}

function pause(t: Texts, { pausedBy, formToken }: View): Html {
  const button = (action: string, label: string) =>
    html`<form method="post" action="${action}">${hidden({ form_token: formToken })}<p class="actions"><button>${label}</button></p></form>`
  const own = pausedBy.includes('person')
  return html`<section>
        <h2>${t('account.pause')}</h2>
        ${pausedBy.includes('operator') && html`<p role="status">${t('account.paused.operator')}</p>`}
        <p>${own ? t('account.paused') : t('account.pause.text')}</p>
        ${own ? button('/account/resume', t('account.resume')) : button('/account/pause', t('account.pause.go'))}
      </section>`
}
