import type { Person } from '../contract/identity.ts'
import { type Html, html } from '../web/html.ts'
import type { Language, Texts } from '../web/language.ts'
import type { Page } from '../web/layout.ts'
import { hidden } from '../web/message.ts'
import type { PausedBy } from './pauses.ts'
import type { SignIn } from './sign-ins.ts'

interface View {
  person: Person
  signIns: readonly SignIn[]
  pausedBy: readonly PausedBy[]
  /** The web session this page is shown to. */
  here: string
  formToken: string
}

/** The account page: one section per matter, each with its own forms, all without script. */
export function accountPage(t: Texts, language: Language, view: View): Page {
  return {
    title: `${t('home.account')} · Mimicit`,
    here: '/account',
    main: html`<h1>${t('home.account')}</h1>
      ${profile(t, language, view)}
      ${places(t, language, view)}
      <section><h2>${t('account.credits')}</h2><p class="actions"><a class="button" href="/credits">${t('account.credits.to')}</a></p></section>
      ${pause(t, view)}
      <section><h2>${t('home.panel')}</h2><p>${t('home.panel.icon')}</p></section>`,
  }
}

const languages: readonly { code: Language; name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'ja', name: '日本語' },
]

const profile = (t: Texts, language: Language, { person, formToken }: View) => html`<section>
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
            ${languages.map(({ code, name }) => html`<button name="language" value="${code}" lang="${code}" aria-pressed="${String(code === language)}">${name}</button>`)}
          </form></dd>
          <dt>${t('account.number')}</dt><dd><code>${person.id}</code></dd>
        </dl>
      </section>`

const places = (t: Texts, language: Language, { signIns, here, formToken }: View) => html`<section>
        <h2>${t('account.places')}</h2>
        <ul class="rows">
          ${signIns.map(signIn => place(t, language, signIn, { here, formToken }))}
        </ul>
        <form method="post" action="/account/sign-out-everywhere">
          ${hidden({ form_token: formToken })}
          <p class="small">${t('account.places.text')}</p>
          <p class="actions"><button>${t('account.everywhere')}</button></p>
        </form>
      </section>`

function place(
  t: Texts,
  language: Language,
  { kind, id, browser, since, seen }: SignIn,
  { here, formToken }: { here: string; formToken: string },
): Html {
  const where = t(`account.place.${kind}`, { browser: browser ?? t('account.browser') })
  const times = t('account.place.times', { since: day(language, since), seen: day(language, seen) })
  return html`<li>
            <p>${where}${id === here && html` <b>${t('account.here')}</b>`}<br><span class="small">${times}</span></p>
            <form method="post" action="/account/sign-out">${hidden({ form_token: formToken, kind, id })}<button aria-label="${t('account.place.sign-out', { where })}">${t('home.sign-out')}</button></form>
          </li>`
}

/** In UTC, like every time we keep. */
const day = (language: Language, at: number) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(at)

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
