import { type Format, labelled, phrase, phrasesOf, say, shownParts } from './format.ts'

/** The words as they are sent: one phrase after the other. A single part stays exactly as it was written. */
export const plain: Format = ({ words, language }) => {
  const shown = phrasesOf(words, shownParts)
  const text = labelled(words, 'text', language)
  if (shown.length === 1 && text === '') return shownParts.map(name => words[name].trim()).find(phrase) ?? ''
  return [...shown, ...(text === '' ? [] : [text])].join(say(language, 'stop'))
}
