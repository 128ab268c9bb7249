import { type Html, html, toText } from './html.ts'
import type { Language, Texts } from './language.ts'

export interface Page {
  title: string
  main: Html
  /** Where the language switch leads back to; left out on pages that cannot be shown again. */
  here?: string
}

const otherLanguage = { en: { code: 'ja', name: '日本語' }, ja: { code: 'en', name: 'English' } } as const

/** The frame of every page: mark, language switch, one column. */
export function layout({ title, main, here }: Page, language: Language, t: Texts): string {
  const other = otherLanguage[language]
  const languageSwitch =
    here !== undefined &&
    html`<form method="post" action="/language">
        <input type="hidden" name="next" value="${here}">
        <button class="quiet" name="language" value="${other.code}" lang="${other.code}">${other.name}</button>
      </form>`
  return toText(html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/assets/tokens.css">
    <link rel="stylesheet" href="/assets/style.css">
  </head>
  <body>
    <header>
      <a class="brand" href="/">${mark}<span>Mimicit</span></a>
      ${languageSwitch && html`<nav aria-label="${t('language.switch')}">${languageSwitch}</nav>`}
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
