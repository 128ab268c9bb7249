import type { PromptParts } from '../../../../bff/contract/readings.ts'
import type { PartName } from '../../../../bff/contract/values.ts'
import type { Language } from '../../../platform/i18n/i18n.ts'

/** What a prompt is written from. */
export interface Written {
  words: PromptParts
  language: Language
  /** Width to height such as "3:2"; null where it follows a picture. */
  aspect: string | null
  seed: number | null
}

export type Format = (written: Written) => string

/** What a picture shows, in the order in which it is said; words to read in it and words to keep out are apart. */
export const shownParts = ['subject', 'setting', 'style', 'composition', 'light', 'colour', 'lens', 'mood'] as const

/** One line without the stop at its end, so that parts can be joined. */
export const phrase = (text: string) =>
  text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[\s.。,、;；]+$/, '')

/** The phrases of these parts that say something. */
export const phrasesOf = (words: PromptParts, names: readonly PartName[]) =>
  names.map(name => phrase(words[name])).filter(text => text !== '')

export const stops = { en: '. ', ja: '。' }
export const commas = { en: ', ', ja: '、' }

/** Letters to stand in the picture, in the quotes of the language, none of them inside. */
export const quoted = (text: string, language: Language) =>
  language === 'ja' ? `「${text.replace(/[「」]/g, '')}」` : `“${text.replace(/["“”]/g, '')}”`
