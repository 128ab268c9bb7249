import type { PromptParts } from '../../../../bff/contract/readings.ts'
import type { PartName } from '../../../../bff/contract/values.ts'
import type { Language } from '../../../platform/i18n/i18n.ts'
import { translate } from '../../../platform/i18n/translate.ts'

/** What a prompt is written from. */
export interface Written {
  words: PromptParts
  /** The parts that a model read from a picture; all others are the person's own, whose syntax for a tool is kept. */
  read: ReadonlySet<PartName>
  language: Language
  /** Width to height such as "3:2"; null where it follows a picture. */
  aspect: string | null
  seed: number | null
}

export type Format = (written: Written) => string

/** What a picture shows, in the order in which it is said; words to read in it and words to keep out are apart. */
export const shownParts = ['subject', 'setting', 'style', 'composition', 'light', 'colour', 'lens', 'mood'] as const

/** Their dot is a part of the word, in the middle of a sentence and at its end. */
const abbreviation =
  /(?:^|[\s(])(?:\p{L}|(?:\p{L}\.)+\p{L}|approx|art|ca|cf|dept|dr|ed|est|etc|ex|fig|ft|inc|jr|lat|ltd|max|min|mr|mrs|ms|mt|no|nos|nr|pp|prof|resp|sr|st|temp|vol|vs)$/iu

/** Whether the dot at this place ends a sentence: not within a number, a name with dots or a file name, nor after an abbreviation. */
const endsSentence = (text: string, at: number) =>
  /^(?:\s|$)/.test(text.slice(at + 1)) && !abbreviation.test(text.slice(0, at))

/** Sentences and items of a list, without what parts them. */
export const itemsOf = (text: string): string[] => {
  const items: string[] = []
  let from = 0
  for (const { 0: mark, index } of text.matchAll(/[,、。;；\n.]/g)) {
    // A comma within a number parts thousands.
    if (mark === ',' && /\d$/.test(text.slice(0, index)) && /^\d{3}(?!\d)/.test(text.slice(index + 1))) continue
    if (mark === '.' && !endsSentence(text, index)) continue
    items.push(text.slice(from, index))
    from = index + 1
  }
  return [...items, text.slice(from)].map(item => phrase(item)).filter(item => item !== '')
}

/** One line without the stop at its end, so that parts can be joined; the dot of an abbreviation stays. */
export const phrase = (text: string): string => {
  const line = text.trim().replace(/\s+/g, ' ')
  const end = line.search(/[\s.。,、;；]+$/)
  if (end < 0) return line
  const bare = line.slice(0, end)
  return line[end] === '.' && abbreviation.test(bare) ? `${bare}.` : bare
}

/** The phrases of these parts that say something. */
export const phrasesOf = (words: PromptParts, names: readonly PartName[]) =>
  names.map(name => phrase(words[name])).filter(text => text !== '')

/** What a language says between and before the parts; belongs to the format, not to the panel. */
export const say = (language: Language, name: 'stop' | 'comma' | 'colon' | 'quotes' | 'reads' | 'wish') =>
  translate(language, `studio.format.${name}`)

/** One sentence after the other, each with its stop; the dot of an abbreviation at its end is one already. */
export const sentencesOf = (texts: readonly string[], language: Language) => {
  const stop = say(language, 'stop')
  return texts
    .map(text => (stop.trim() === '.' && text.endsWith('.') ? `${text} ` : text + stop))
    .join('')
    .trim()
}

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
