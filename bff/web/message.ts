import { type Html, html } from './html.ts'
import type { Texts } from './language.ts'
import type { Page } from './layout.ts'

export interface Message {
  title: string
  text: string
  /** The way on. */
  action: { label: string; href: string }
}

/** A page that says one thing and offers one way on. */
export function messagePage({ title, text, action }: Message): Page {
  return {
    title: `${title} · Mimicit`,
    main: html`<h1>${title}</h1>
      <p>${text}</p>
      <p class="actions"><a class="button" href="${action.href}">${action.label}</a></p>`,
  }
}

export const tryAgain = (t: Texts, next: string) => ({ label: t('again.sign-in'), href: signInPath(next) })
export const toHome = (t: Texts) => ({ label: t('again.home'), href: '/' })

export const signInPath = (next: string): string =>
  next === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ next })}`

/** Hidden fields of a form. */
export const hidden = (fields: Record<string, string>): Html[] =>
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)
