import { commas, type Format, phrase, phrasesOf, quoted, shownParts, stops } from './format.ts'
import { colons, labels } from './labels.ts'

const wish = { en: 'Create a picture', ja: '次の画像を作ってください' }

/** A request in prose: first what to make, then how it looks. */
export const gemini: Format = ({ words, language }) => {
  const [, , ...manner] = shownParts
  const scene = phrasesOf(words, ['subject', 'setting']).join(commas[language])
  const named = [...manner, 'text' as const, 'negative' as const].map(name => {
    const text = phrase(words[name])
    return text && labels[language][name] + colons[language] + (name === 'text' ? quoted(text, language) : text)
  })
  const said = [scene ? wish[language] + colons[language] + scene : '', ...named].filter(text => text !== '')
  return said
    .map(text => text + stops[language])
    .join('')
    .trim()
}
