import { type Format, phrase, phrasesOf, shownParts } from './format.ts'

/** Two hyphens begin a setting there; in words they are a dash. */
const harmless = (text: string) => text.replace(/[-\u2010-\u2015\u2212]{2,}/g, '–').replaceAll('—', '–')

const listOf = (text: string) =>
  text
    .split(/[,、;；\n]/)
    .map(phrase)
    .filter(item => item !== '')

/** Phrases with commas, then the settings as flags. */
export const midjourney: Format = ({ words, aspect, seed }) => {
  const text = phrase(words.text).replace(/["“”]/g, '')
  const said = [...phrasesOf(words, shownParts), ...(text === '' ? [] : [`"${text}"`])]
  const kept = listOf(words.negative)
  return [
    harmless(said.join(', ')),
    aspect && `--ar ${aspect}`,
    kept.length > 0 && `--no ${harmless(kept.join(', '))}`,
    seed !== null && `--seed ${seed}`,
  ]
    .filter(Boolean)
    .join(' ')
}
