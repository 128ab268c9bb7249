import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { closed, LanguageCode } from '../contract/common.ts'
import type { Person } from '../contract/identity.ts'
import { hidden, html } from './html.ts'
import { rememberLanguage, type Texts } from './language.ts'
import { sendPage } from './page.ts'
import { checkSameOrigin, localPath, type Site } from './site.ts'

interface HomeDeps {
  site: Site
  signInWith: 'embedded' | 'google'
  person(id: string): Promise<Person>
}

const LanguageForm = closed({
  language: LanguageCode,
  next: Type.Optional(Type.String({ maxLength: 2000 })),
})

/** The start page, and the language switch that stands on every page. */
export const homeRoutes =
  ({ site, signInWith, person: find }: HomeDeps): FastifyPluginAsyncTypebox =>
  async app => {
    app.get('/', { config: { access: 'web' } }, async (request, reply) => {
      const session = request.webPerson
      const person = session && (await find(session.id))
      return sendPage(request, reply, t => ({
        here: '/',
        main: html`<h1 class="sentences"><span>${t('home.heading.see')}</span><span>${t('home.heading.make')}</span></h1>
      <p class="lead">${t('home.lead')}</p>
      ${person ? signedIn(t, person, site.formToken(session.sessionId)) : signedOut(t, signInWith)}
      ${explanation(t)}`,
      }))
    })

    app.post('/language', { config: { access: 'public' }, schema: { body: LanguageForm } }, async (request, reply) => {
      checkSameOrigin(request, site.origin)
      rememberLanguage(reply, request.body.language)
      return reply.redirect(localPath(request.body.next, site.origin), 303)
    })
  }

const signedIn = (t: Texts, { name, email }: Person, formToken: string) => html`<section>
        <h2>${t('home.account')}</h2>
        <p>${t('home.signed-in', { name })}<br><span class="small">${email}</span></p>
        <form method="post" action="/sign-out" class="actions">${hidden({ form_token: formToken })}<a class="button" href="/account">${t('account.to')}</a><button>${t('home.sign-out')}</button></form>
      </section>`

const signedOut = (t: Texts, provider: HomeDeps['signInWith']) => html`<section>
        <h2>${t('home.account')}</h2>
        <p>${t('home.signed-out')}<br><span class="small">${t(`home.with.${provider}`)}</span></p>
        <p class="actions"><a class="button primary" href="/sign-in">${t('home.sign-in')}</a></p>
      </section>`

const explanation = (t: Texts) => html`<section>
        <h2>${t('home.panel')}</h2>
        <ol>
          <li>${t('home.panel.icon')}</li>
          <li>${t('home.panel.menu')}</li>
          <li>${t('home.panel.generate')}</li>
        </ol>
      </section>
      <section>
        <h2>${t('home.pictures')}</h2>
        <dl>
          <dt>${t('home.pictures.before')}</dt><dd>${t('home.pictures.before.text')}</dd>
          <dt>${t('home.pictures.sent')}</dt><dd>${t('home.pictures.sent.text')}</dd>
          <dt>${t('home.pictures.results')}</dt><dd>${t('home.pictures.results.text')}</dd>
        </dl>
      </section>
      <section><p class="small">${t('home.cookies')}</p></section>`
