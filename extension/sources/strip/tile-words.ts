import type { PagePicture } from '../../picking/protocol.ts'
import type { t } from '../../platform/i18n/i18n.ts'

const formats: Record<string, string> = {
  jpg: 'JPG',
  jpeg: 'JPG',
  png: 'PNG',
  webp: 'WebP',
  gif: 'GIF',
  avif: 'AVIF',
  svg: 'SVG',
}

/** The format as the address suggests it, without asking for the picture; empty when it does not say. */
export const formatWord = (src: string): string => {
  const stated = /^data:image\/([a-z]+)/i.exec(src)?.[1] ?? /\.([a-z]+)$/i.exec(src.split(/[?#]/, 1)[0] ?? '')?.[1]
  return formats[stated?.toLowerCase() ?? ''] ?? ''
}

/** "1200 × 800", or empty while the page has not loaded the picture. */
export const sizeWords = ({ width, height }: Pick<PagePicture, 'width' | 'height'>) =>
  width > 0 && height > 0 ? `${width} × ${height}` : ''

/** The size shown, and how large the page says that it can be had. */
export const sizeText = (translated: typeof t, { larger, ...picture }: PagePicture): string => {
  const shown = sizeWords(picture) || translated('sources.strip.size_unknown')
  const offered = larger && sizeWords(larger)
  return offered ? translated('sources.strip.size_offered', { shown, offered }) : shown
}
