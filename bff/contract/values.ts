/**
 * Values of the contract that both sides compute with. The panel loads this file, and no other of the contract: nothing
 * is imported here.
 */

/** Version of the HTTP contract, sent by the extension as X-Mimicit-Contract; raised when old clients can no longer be served. */
export const contractVersion = 1

/** The languages of the product, each by its own name. */
export const languages = { en: 'English', ja: '日本語' } as const
export type Language = keyof typeof languages
export const languageCodes = Object.keys(languages) as Language[]
export const eachLanguage = <T>(make: (language: Language) => T) =>
  Object.fromEntries(languageCodes.map(language => [language, make(language)])) as Record<Language, T>

/** Decimals of the amounts we take, which are kept in the currency's smallest unit. */
export const currencyDecimals = { usd: 2, jpy: 0 } as const
export type Currency = keyof typeof currencyDecimals
export const currencies = Object.keys(currencyDecimals) as Currency[]

/** What a new person gets once, unless the operator says otherwise. */
export const freeCredits = 50

/** Highest limit of spending a person can set, in credits: more than anybody has. */
export const highestLimit = 1_000_000

/** Longest prompt, in code points. */
export const maxPromptLength = 4000

/**
 * The parts of a prompt, as a reading gives them and the panel edits them, in the order in which they are shown and said.
 * `text`: words that can be read in the picture, as they stand there. `negative`: what is to be kept out.
 */
export const partNames = [
  'subject',
  'setting',
  'style',
  'composition',
  'light',
  'colour',
  'lens',
  'mood',
  'text',
  'negative',
] as const
export type PartName = (typeof partNames)[number]

/**
 * Lines of the statement. free: given once. purchase: a pack. spent: a result was paid. returned: a job ended without a
 * result, nothing was taken. refund, dispute: a payment went back. restored: it came back after all.
 */
export const statementKinds = ['free', 'purchase', 'spent', 'returned', 'refund', 'dispute', 'restored'] as const

interface Formula {
  base: number
  perSize: Readonly<Record<string, number>>
  perQuality: Readonly<Record<string, number>>
  perPicture: number
}

/** What is made, as far as it changes the price. */
export interface Priced {
  size: string
  /** Left out or null where the model has none to choose. */
  quality?: string | null | undefined
  /** Results asked for; one when left out. */
  count?: number | undefined
}

/**
 * What a job costs in the formula's unit, whole: what the button says is what is held. `pictures` is how many are sent. A
 * name the formula does not know changes nothing.
 */
export function priceOf(
  { base, perSize, perQuality, perPicture }: Formula,
  { size, quality, count = 1 }: Priced,
  pictures: number,
): number {
  const sizePart = Object.hasOwn(perSize, size) ? perSize[size]! : 0
  const factor = quality != null && Object.hasOwn(perQuality, quality) ? perQuality[quality]! : 1
  return Math.ceil((base + sizePart) * factor + perPicture * Math.max(0, pictures - 1)) * count
}

/**
 * Characters that are no text: control characters other than tab and line feed, and the bidi controls that make text read
 * otherwise than it is. Lone surrogates stand for nothing at all.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const notText = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu

/** Line ends as every system writes them become one; nothing else changes. */
export const withLineFeeds = (text: string) => text.replaceAll('\r\n', '\n')

/** The first character that is no text, as U+XXXX, and at which code point it stands, counted from 1; null: all is text. */
export function firstNotText(text: string): { character: string; at: number } | null {
  const found = text.search(notText)
  if (found < 0) return null
  const code = text.codePointAt(found) ?? 0
  return {
    character: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`,
    at: [...text.slice(0, found)].length + 1,
  }
}

/** Without what is no text, for words that a person has just put in: nothing that can be seen is lost. */
export const onlyText = (text: string) => withLineFeeds(text).replaceAll('\r', '\n').replace(notText, '')
