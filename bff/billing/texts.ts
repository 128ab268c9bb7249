import { type Currency, currencyDecimals } from '../contract/values.ts'
import type { Language } from '../web/language.ts'
import { en } from './locales/en.ts'
import { ja } from './locales/ja.ts'

type TextKey = keyof typeof en
export type BillingTexts = (key: TextKey, params?: Record<string, string>) => string

const texts = { en, ja } satisfies Record<Language, Record<TextKey, string>>

/** The texts of one language; `{name}` in a text is filled from `params`. */
export function billingTexts(language: Language): BillingTexts {
  return (key, params = {}) => texts[language][key].replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')
}

/** Money as people of this language write it; `digits` beyond the currency's own for the price of a single credit. */
export function money(
  language: Language,
  currency: Currency,
  minor: number,
  digits: number = currencyDecimals[currency],
): string {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: Math.max(digits, currencyDecimals[currency]),
    maximumFractionDigits: Math.max(digits, currencyDecimals[currency]),
  }).format(minor / 10 ** currencyDecimals[currency])
}

export const number = (language: Language, value: number): string => value.toLocaleString(language)

/** In UTC, like every time we keep. */
export const day = (language: Language, at: number): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(at)

export const time = (language: Language, at: number): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(at)
