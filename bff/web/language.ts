import type { FastifyReply, FastifyRequest } from 'fastify'
import { en } from './locales/en.ts'
import { ja } from './locales/ja.ts'

type TextKey = keyof typeof en
export type Texts = (key: TextKey, params?: Record<string, string>) => string

const languages = { en, ja } satisfies Record<string, Record<TextKey, string>>
export type Language = keyof typeof languages

/** The only functional cookie: which language was chosen. */
const localeCookie = 'mimicit-locale'
const year = 365 * 24 * 60 * 60

const isLanguage = (text: string | undefined): text is Language => text !== undefined && Object.hasOwn(languages, text)

/** The chosen language, else the first of the browser's that we speak, else English. */
export function languageOf(request: FastifyRequest): Language {
  const chosen = request.cookies[localeCookie]
  if (isLanguage(chosen)) return chosen
  return accepted(request.headers['accept-language'] ?? '').find(isLanguage) ?? 'en'
}

export function rememberLanguage(reply: FastifyReply, language: Language): void {
  reply.setCookie(localeCookie, language, { path: '/', maxAge: year, sameSite: 'lax', secure: true, httpOnly: true })
}

/** The texts of one language; `{name}` in a text is filled from `params`. */
export function textsOf(language: Language): Texts {
  return (key, params = {}) => languages[language][key].replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')
}

/** Primary languages of an Accept-Language header, best first. */
function accepted(header: string): string[] {
  return header
    .split(',')
    .map(part => {
      const [tag = '', quality] = part.split(';')
      const q = quality === undefined ? 1 : Number(/^\s*q=([\d.]+)\s*$/.exec(quality)?.[1] ?? 0)
      return { language: tag.trim().toLowerCase().split('-')[0] ?? '', q }
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ language }) => language)
}
