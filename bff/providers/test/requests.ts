import { vi } from 'vitest'
import type { ImageRequest, SourcePicture } from '../provider.ts'

export const picture = (change: Partial<SourcePicture> = {}): SourcePicture => ({
  bytes: Buffer.from('picture'),
  mime: 'image/png',
  width: 8,
  height: 8,
  role: 'subject',
  weight: 100,
  ...change,
})

/** All of a request for a picture that no adapter reads in a way of its own. */
export const imageRequest = (
  change: Partial<ImageRequest> & Pick<ImageRequest, 'endpoint' | 'parameters'>,
): ImageRequest => ({
  kind: 'image',
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
  ...change,
})

export function control() {
  const stop = new AbortController()
  return { stop, signal: stop.signal, onProgress: vi.fn(), admit: vi.fn(async () => {}) }
}
