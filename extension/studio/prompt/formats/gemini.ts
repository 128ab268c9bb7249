import { type Format, labelled, phrasesOf, say, shownParts } from './format.ts'

/** A request in prose: first what to make, then how it looks. */
export const gemini: Format = ({ words, language }) => {
  const [, , ...manner] = shownParts
  const scene = phrasesOf(words, ['subject', 'setting']).join(say(language, 'comma'))
  const named = [...manner, 'text' as const, 'negative' as const].map(name => labelled(words, name, language))
  const wish = scene && say(language, 'wish') + say(language, 'colon') + scene
  return [wish, ...named]
    .filter(text => text !== '')
    .map(text => text + say(language, 'stop'))
    .join('')
    .trim()
}
