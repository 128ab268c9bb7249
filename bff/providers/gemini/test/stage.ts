import { vi } from 'vitest'
import { faultOf } from '../../../test/fakes/fault-of.ts'
import { png } from '../../../test/fakes/files.ts'
import { startFakeGemini } from '../../../test/fakes/gemini.ts'
import { createEgress } from '../../egress/egress.ts'
import type { ImageRequest, ReadingRequest, SourcePicture } from '../../provider.ts'
import { createGeminiProvider } from '../index.ts'

export const key = 'AIza-our-own-secret'
export const prompt = 'a lighthouse nobody else has thought of'
export const now = Date.UTC(2026, 10, 21)

export const source = (role: SourcePicture['role'], shade: number): SourcePicture => ({
  bytes: png(shade),
  mime: 'image/png',
  width: 1,
  height: 1,
  role,
  weight: 100,
})

export const image = (change: Partial<ImageRequest> = {}): ImageRequest => ({
  kind: 'image',
  endpoint: 'gemini-nano-banana-2.1',
  parameters: { imageSize: true, prices: { input: 1.5, output: 7.5, image: 30 } },
  prompt,
  negative: '',
  sources: [],
  width: 1024,
  height: 576,
  aspect: '16:9',
  size: '1K',
  quality: null,
  count: 1,
  seed: 7,
  transparent: false,
  ...change,
})

export const reading = (change: Partial<ReadingRequest> = {}): ReadingRequest => ({
  kind: 'reading',
  endpoint: 'gemini-3.8-flash',
  parameters: { thinking: 'low', maxOutputTokens: 4096, prices: { input: 0.75, output: 3.75 } },
  source: source('subject', 9),
  ...change,
})

export const control = () => {
  const stop = new AbortController()
  return { stop, signal: stop.signal, onProgress: vi.fn(), admit: vi.fn(async () => {}) }
}

/** The fault a call ends with; neither our key nor the person's words nor Google's may be in the error. */
export const fault = (answer: Promise<unknown>) => faultOf(answer, [key, prompt, 'No.'])

/** Google on this machine, and the provider that reaches it and nobody else. */
export async function startStage() {
  const fake = await startFakeGemini({ key, models: ['gemini-nano-banana-2.1', 'gemini-3.8-flash'] })
  const egress = createEgress({ hosts: [{ base: fake.baseUrl }] })
  const at = (baseUrl: string) => createGeminiProvider({ key, baseUrl, egress, now: () => now })
  const gemini = at(fake.baseUrl)
  return {
    fake,
    gemini,
    /** The same provider with another address of Google. */
    at,
    call: (request: ImageRequest | ReadingRequest = image(), given = control()) => gemini.call(request, given),
    async close() {
      await gemini.close()
      await fake.close()
    },
  }
}
