import { type Format, labelled, shownParts } from './format.ts'

/** A line for each part with its name in front. */
export const gptImage: Format = ({ words, language }) =>
  [...shownParts, 'text' as const, 'negative' as const]
    .map(name => labelled(words, name, language))
    .filter(line => line !== '')
    .join('\n')
