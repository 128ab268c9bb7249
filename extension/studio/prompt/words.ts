import type { Language } from '../../platform/i18n/i18n.ts'
import type { Choices } from '../order/choices.ts'
import { plain } from './formats/prose.ts'
import { eachPart, isEmptyPart, readParts, textsOf, withOwnWords } from './parts/parts.ts'

type Said = Pick<Choices, 'prompt' | 'parts' | 'view' | 'language'>

export const languageOf = ({ language }: Pick<Choices, 'language'>, ofPanel: Language) => language ?? ofPanel

const sayParts = (said: Said, ofPanel: Language) => {
  const language = languageOf(said, ofPanel)
  return plain({
    words: textsOf(said.parts, language),
    read: readParts(said.parts),
    language,
    aspect: null,
    seed: null,
  })
}

/** The words as they stand on the panel, for any model. */
export const wordsOf = (said: Said, ofPanel: Language) => ({
  prompt: said.view === 'parts' ? sayParts(said, ofPanel) : said.prompt.trim(),
  negative: said.parts.negative[languageOf(said, ofPanel)].trim(),
})

/** The words to copy into other tools, where one text is the subject of its picture. */
export const wordsInParts = (said: Said & Pick<Choices, 'textOfParts'>, ofPanel: Language) => {
  const words = textsOf(said.parts, languageOf(said, ofPanel))
  const read = readParts(said.parts)
  const prompt = said.prompt.trim()
  // A text that still is what the parts gave is theirs, with what a model read in it.
  if (said.view === 'parts' || (prompt !== '' && prompt === said.textOfParts)) return { words, read }
  return {
    words: { ...eachPart(() => ''), subject: prompt, negative: words.negative },
    read: new Set([...read].filter(name => name === 'negative')),
  }
}

/** From text to parts: where there are no parts yet, the text is the first. */
export const inParts = (said: Said): Partial<Choices> => {
  const { prompt, parts } = said
  const { negative: _, ...shown } = parts
  const hasParts = Object.values(shown).some(part => !isEmptyPart(part))
  return hasParts || prompt.trim() === ''
    ? { view: 'parts' }
    : { view: 'parts', parts: withOwnWords(parts, { subject: prompt.trim() }), textOfParts: prompt.trim() }
}

/** From parts to text: a text of the person's own stays; one that came from the parts follows them. */
export const inText = (said: Said & Pick<Choices, 'textOfParts'>, ofPanel: Language): Partial<Choices> => {
  const { prompt, textOfParts } = said
  if (prompt.trim() !== '' && prompt.trim() !== textOfParts) return { view: 'text' }
  const text = sayParts(said, ofPanel)
  return { view: 'text', prompt: text, textOfParts: text }
}
