import type { Picture } from '../../../bff/contract/library.ts'

const extensions = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/webp', 'webp'],
])

const maxModelLength = 40
const maxWordsLength = 48

/** Letters and digits of any script, joined by single hyphens: nothing a file system, a shell or a sync service objects to. */
function slug(text: string, maxLength: number): string {
  const words = text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  let result = ''
  for (const word of words) {
    const next = result ? `${result}-${word}` : word
    if ([...next].length > maxLength) return result || [...word].slice(0, maxLength).join('')
    result = next
  }
  return result
}

function localMinute(time: number): string {
  const date = new Date(time)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}`
}

/** `mimicit-<model>-<yyyymmdd-hhmm>-<first words of the prompt>.<ext>`, in the person's own time zone. */
export function fileName(picture: Pick<Picture, 'model' | 'prompt' | 'mime' | 'createdAt'>): string {
  const parts = [
    'mimicit',
    slug(picture.model, maxModelLength),
    localMinute(picture.createdAt),
    slug(picture.prompt, maxWordsLength),
  ]
  return `${parts.filter(Boolean).join('-')}.${extensions.get(picture.mime) ?? 'png'}`
}
