import { type Format, phrase, phrasesOf, shownParts } from './phrases.ts'

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

/** Brackets weigh words there; a backslash makes them plain again. */
const escaped = (text: string) => text.replace(/[()[\]{}\\]/g, '\\$&')

const tagsOf = (texts: readonly string[]) => {
  const tags = texts.flatMap(text => text.split(/[,、.。;；\n]/)).map(phrase)
  const seen = new Map(tags.filter(tag => tag !== '').map(tag => [tag.toLowerCase(), escaped(tag)]))
  return [...seen.values()].join(', ')
}

/** Tags for Stable Diffusion, each once, and what to keep out on a line of its own. */
export const sd: Format = ({ words }) => {
  const text = phrase(words.text)
  const tags = tagsOf([...phrasesOf(words, shownParts), ...(text === '' ? [] : [`text “${text}”`])])
  const negative = tagsOf([words.negative])
  return negative === '' ? tags : `${tags}\nNegative prompt: ${negative}`
}
