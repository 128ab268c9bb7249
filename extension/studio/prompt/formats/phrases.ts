import type { PromptParts } from '../../../../bff/contract/readings.ts'
import type { PartName } from '../../../../bff/contract/values.ts'
import type { Language } from '../../../platform/i18n/i18n.ts'
import { translate } from '../../../platform/i18n/translate.ts'

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

/** What a language says between and before the parts; belongs to the format, not to the panel. */
export const say = (language: Language, name: 'stop' | 'comma' | 'colon' | 'quotes' | 'reads' | 'wish') =>
  translate(language, `studio.format.${name}`)

/** A part with its name in front. */
export const labelled = (words: PromptParts, name: PartName, language: Language) => {
  const text = phrase(words[name])
  const said = name === 'text' ? quoted(text, language) : text
  return text && translate(language, `studio.format.label.${name}`) + say(language, 'colon') + said
}

/** Letters to stand in the picture, in the quotes of the language, none of them inside. */
export const quoted = (text: string, language: Language) => {
  const marks = [...say(language, 'quotes')]
  const inside = [...text].filter(letter => !marks.includes(letter))
  return [marks[0], ...inside, marks[1]].join('')
}
