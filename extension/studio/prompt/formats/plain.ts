import { type Format, phrase, phrasesOf, quoted, shownParts, stops } from './format.ts'

const label = { en: 'Text in the picture: ', ja: '画像の中の文字：' }

/** The words as they are sent: one phrase after the other. A single part stays exactly as it was written. */
export const plain: Format = ({ words, language }) => {
  const shown = phrasesOf(words, shownParts)
  const text = phrase(words.text)
  if (shown.length === 1 && text === '') return shownParts.map(name => words[name].trim()).find(phrase) ?? ''
  return [...shown, ...(text === '' ? [] : [label[language] + quoted(text, language)])].join(stops[language])
}
