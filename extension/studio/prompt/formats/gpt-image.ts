import { type Format, phrase, quoted, shownParts } from './format.ts'
import { colons, labels } from './labels.ts'

/** A line for each part with its name in front. */
export const gptImage: Format = ({ words, language }) =>
  [...shownParts, 'text' as const, 'negative' as const]
    .map(name => ({ name, text: phrase(words[name]) }))
    .filter(({ text }) => text !== '')
    .map(
      ({ name, text }) => labels[language][name] + colons[language] + (name === 'text' ? quoted(text, language) : text),
    )
    .join('\n')
