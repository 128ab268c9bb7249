import { commas, type Format, phrase, phrasesOf, quoted, stops } from './format.ts'

const sentences = [['subject', 'setting'], ['style'], ['composition', 'lens'], ['light', 'colour'], ['mood']] as const

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const reads = { en: 'The picture reads ', ja: '画像の中の文字は' }

/** Prose in sentences, what matters most first. Without what is to be kept out: FLUX paints whatever it is told. */
export const flux: Format = ({ words, language }) => {
  const text = phrase(words.text)
  const said = sentences.map(names => capital(phrasesOf(words, names).join(commas[language])))
  const all = [...said, text && reads[language] + quoted(text, language)].filter(sentence => sentence !== '')
  return all
    .map(sentence => sentence + stops[language])
    .join('')
    .trim()
}
