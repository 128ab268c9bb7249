import { vi } from 'vitest'
import type { ImageRequest, SourcePicture } from '../../provider.ts'
import type { ImagesParameters } from '../parameters.ts'

export const parameters: ImagesParameters = {
  size: { step: 16, maxSide: 3840, maxRatio: 3, minPixels: 655_360, maxPixels: 8_294_400 },
  send: ['n', 'quality', 'background', 'output_format'],
  responseFormat: null,
  prices: { textIn: 5, pictureIn: 8, pictureOut: 30 },
}

export const imageRequest = (more: Partial<ImageRequest> = {}): ImageRequest => ({
  kind: 'image',
  endpoint: 'gpt-image-2.6-flare',
  parameters,
  prompt: 'A kite',
  negative: '',
  sources: [],
  width: 1024,
  height: 1024,
  aspect: '1:1',
  size: '1K',
  quality: null,
  count: 1,
  seed: 7,
  transparent: false,
  ...more,
})

export const picture = (more: Partial<SourcePicture> = {}): SourcePicture => ({
  bytes: Buffer.from('picture'),
  mime: 'image/png',
  width: 8,
  height: 8,
  role: 'subject',
  weight: 100,
  ...more,
})

export function control() {
  const stop = new AbortController()
  return { stop, signal: stop.signal, onProgress: vi.fn(), admit: vi.fn(async () => {}) }
}
