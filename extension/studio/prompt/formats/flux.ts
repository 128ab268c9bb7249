import { type Format, phrase, phrasesOf, quoted, say } from './format.ts'

const sentences = [['subject', 'setting'], ['style'], ['composition', 'lens'], ['light', 'colour'], ['mood']] as const

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Prose in sentences, what matters most first. Without what is to be kept out: FLUX paints whatever it is told. */
export const flux: Format = ({ words, language }) => {
  const text = phrase(words.text)
  const said = sentences.map(names => capital(phrasesOf(words, names).join(say(language, 'comma'))))
  const all = [...said, text && say(language, 'reads') + quoted(text, language)].filter(sentence => sentence !== '')
  return all
    .map(sentence => sentence + say(language, 'stop'))
    .join('')
    .trim()
}
