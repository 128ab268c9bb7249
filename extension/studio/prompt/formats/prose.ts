import { type Format, labelled, phrase, phrasesOf, quoted, say, sentencesOf, shownParts } from './phrases.ts'

/** The words as they are sent: one phrase after the other. A single part stays exactly as it was written. */
export const plain: Format = ({ words, language }) => {
  const shown = phrasesOf(words, shownParts)
  const text = labelled(words, 'text', language)
  if (shown.length === 1 && text === '') return shownParts.map(name => words[name].trim()).find(phrase) ?? ''
  const all = [...shown, ...(text === '' ? [] : [text])]
  const last = all.pop() ?? ''
  // The last one is not ended: more words may follow.
  return all.length === 0 ? last : sentencesOf(all, language) + say(language, 'stop').replace(/^\S+/, '') + last
}

const sentences = [['subject', 'setting'], ['style'], ['composition', 'lens'], ['light', 'colour'], ['mood']] as const

const capital = (text: string) => {
  const [first = '', ...rest] = text
  return first.toUpperCase() + rest.join('')
}

/** Prose in sentences, what matters most first. Without what is to be kept out: FLUX paints whatever it is told. */
export const flux: Format = ({ words, language }) => {
  const text = phrase(words.text)
  const said = sentences.map(names => capital(phrasesOf(words, names).join(say(language, 'comma'))))
  const all = [...said, text && say(language, 'reads') + quoted(text, language)].filter(sentence => sentence !== '')
  return sentencesOf(all, language)
}

/** A request in prose: first what to make, then how it looks. */
export const gemini: Format = ({ words, language }) => {
  const [, , ...manner] = shownParts
  const scene = phrasesOf(words, ['subject', 'setting']).join(say(language, 'comma'))
  const named = [...manner, 'text' as const, 'negative' as const].map(name => labelled(words, name, language))
  const wish = scene && say(language, 'wish') + say(language, 'colon') + scene
  return sentencesOf(
    [wish, ...named].filter(text => text !== ''),
    language,
  )
}
