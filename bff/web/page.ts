import type { FastifyReply, FastifyRequest } from 'fastify'
import { languageCodes, languages } from '../contract/values.ts'
import { type Html, hidden, html, toText } from './html.ts'
import { languageOf, type TextKey, type Texts, textsOf } from './language.ts'

export interface Page {
  /** Left out: the product's own. */
  title?: string
  main: Html
  /** Where the language switch leads back to; left out on pages that cannot be shown again. */
  here?: string
  status?: number
  /** Of the page's one script. */
  nonce?: string | undefined
}

/** Everything is forbidden but our own style sheet, icon and forms; one script where a page brings a nonce for it. */
const policy = (nonce: string | undefined) =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    ...(nonce ? [`script-src 'nonce-${nonce}'`] : []),
  ].join('; ')

/** Answers a page in the visitor's language. */
export function sendPage(request: FastifyRequest, reply: FastifyReply, build: (t: Texts) => Page): FastifyReply {
  const t = textsOf(languageOf(request))
  const page = build(t)
  return reply
    .code(page.status ?? 200)
    .header('content-security-policy', policy(page.nonce))
    .header('content-language', t.language)
    .type('text/html; charset=utf-8')
    .send(layout(t, page))
}

/** The frame of every page: mark, language switch, one column. */
function layout(t: Texts, { title, main, here }: Page): string {
  const others = languageCodes.filter(code => code !== t.language)
  const languageSwitch =
    here !== undefined &&
    html`<nav aria-label="${t('language.switch')}"><form method="post" action="/language">${hidden({ next: here })}
        ${others.map(code => html`<button class="quiet" name="language" value="${code}" lang="${code}">${languages[code]}</button>`)}
      </form></nav>`
  return toText(html`<!doctype html>
<html lang="${t.language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title === undefined ? t('home.title') : `${title} · Mimicit`}</title>
    <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/assets/tokens.css">
    <link rel="stylesheet" href="/assets/style.css">
  </head>
  <body>
    <header>
      <a class="brand" href="/">${mark}<span>Mimicit</span></a>
      ${languageSwitch}
    </header>
    <main>${main}</main>
  </body>
</html>
`)
}

/** The seal; drawn inline so that it follows the colours of the page. */
const mark = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7.5" /><path d="M8 24V9l8 10 8-10v15" />
      </svg>`

export interface WayOn {
  label: string
  href: string
}

export const signInPath = (next: string): string =>
  next === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ next })}`

export const tryAgain = (t: Texts, next: string): WayOn => ({ label: t('again.sign-in'), href: signInPath(next) })
export const toHome = (t: Texts): WayOn => ({ label: t('again.home'), href: '/' })
export const toCredits = (t: Texts): WayOn => ({ label: t('purchase.other'), href: '/credits' })

/** Texts that have a second one to explain them. */
export type MessageKey = { [Key in TextKey]: `${Key}.text` extends TextKey ? Key : never }[TextKey]

/** A page that says one thing and offers one way on. */
export function messagePage(
  t: Texts,
  key: MessageKey,
  { label, href }: WayOn,
  { status = 200, text = `${key}.text` }: { status?: number; text?: TextKey } = {},
): Page {
  const title = t(key)
  return {
    title,
    status,
    main: html`<h1>${title}</h1>
      <p>${t(text)}</p>
      <p class="actions"><a class="button" href="${href}">${label}</a></p>`,
  }
}
