import { useT } from '../platform/i18n/i18n.ts'

const maxLength = 100

/** The beginning of a prompt, short enough for a label. */
export function useWords(prompt: string): string {
  const t = useT()
  const words = [...prompt.trim().replace(/\s+/g, ' ')]
  if (words.length === 0) return t('results.no_words')
  return words.length > maxLength ? `${words.slice(0, maxLength - 1).join('')}…` : words.join('')
}
