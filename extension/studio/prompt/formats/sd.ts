import { type Format, phrase, phrasesOf, shownParts } from './format.ts'

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
