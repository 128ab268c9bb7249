import { useT } from '../platform/i18n/i18n.ts'

const maxLength = 100
/** What a person sees as one character: no family of emoji loses its children. */
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The beginning of a text, short enough for a label. */
export function beginning(text: string): string {
  const characters = Array.from(graphemes.segment(text.trim().replace(/\s+/g, ' ')), ({ segment }) => segment)
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : characters.join('')
}

/** What a picture is called: the beginning of its prompt. */
export function useWords(prompt: string): string {
  const t = useT()
  return beginning(prompt) || t('results.no_words')
}
