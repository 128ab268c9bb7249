import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Currency, currencyDecimals, type Language, languageCodes } from '../contract/values.ts'
import { en } from './locales/en.ts'
import { ja } from './locales/ja.ts'

export type TextKey = keyof typeof en

const texts: Record<Language, Record<TextKey, string>> = { en, ja }

/** What our pages and the payment page say, in one language. */
export interface Texts {
  /** `{name}` in a text is filled from `params`; numbers as people of the language write them. */
  (key: TextKey, params?: Record<string, string | number>): string
  readonly language: Language
  number(value: number, options?: Intl.NumberFormatOptions): string
  /** `digits` beyond the currency's own are for the price of a single credit. */
  money(currency: Currency, minor: number, digits?: number): string
  /** In UTC, like every time we keep. */
  day(at: number, style?: 'medium' | 'long'): string
  time(at: number): string
}

export function textsOf(language: Language): Texts {
  const number: Texts['number'] = (value, options) => new Intl.NumberFormat(language, options).format(value)
  const date = (at: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(at)
  const say = (key: TextKey, params: Record<string, string | number> = {}) =>
    texts[language][key].replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name] ?? ''
      return typeof value === 'number' ? number(value) : value
    })
  return Object.assign(say, {
    language,
    number,
    money(currency: Currency, minor: number, digits = 0) {
      const own = currencyDecimals[currency]
      const shown = Math.max(own, digits)
      return number(minor / 10 ** own, {
        style: 'currency',
        currency,
        minimumFractionDigits: shown,
        maximumFractionDigits: shown,
      })
    },
    day: (at: number, dateStyle: 'medium' | 'long' = 'medium') => date(at, { dateStyle }),
    time: (at: number) => date(at, { dateStyle: 'medium', timeStyle: 'short' }),
  })
}

export const isText = (key: string): key is TextKey => Object.hasOwn(en, key)

/** The only functional cookie: which language was chosen. */
const localeCookie = 'mimicit-locale'
const year = 365 * 24 * 60 * 60

const isLanguage = (text: string | undefined): text is Language => languageCodes.some(code => code === text)

/** The chosen language, else the first of the browser's that we speak, else English. */
export function languageOf(request: FastifyRequest): Language {
  const chosen = request.cookies[localeCookie]
  if (isLanguage(chosen)) return chosen
  return accepted(request.headers['accept-language'] ?? '').find(isLanguage) ?? 'en'
}

export function rememberLanguage(reply: FastifyReply, language: Language): void {
  reply.setCookie(localeCookie, language, { path: '/', maxAge: year, sameSite: 'lax', secure: true, httpOnly: true })
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
