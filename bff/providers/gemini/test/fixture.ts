import { faultOf } from '../../../test/fakes/fault-of.ts'
import { png } from '../../../test/fakes/files.ts'
import { toolsFor } from '../../index.ts'
import type { ImageRequest, ReadingRequest, SourcePicture } from '../../provider.ts'
import { control, imageRequest, picture } from '../../test/requests.ts'
import { gemini as descriptor } from '../index.ts'
import { startFakeGemini } from './fake.ts'

export const key = 'AIza-our-own-secret'
export const prompt = 'a lighthouse nobody else has thought of'
export const now = Date.UTC(2026, 10, 21)

export const source = (role: SourcePicture['role'], shade: number): SourcePicture =>
  picture({ bytes: png(shade), width: 1, height: 1, role })

export const image = (change: Partial<ImageRequest> = {}): ImageRequest =>
  imageRequest({
    endpoint: 'gemini-nano-banana-2.1',
    parameters: { imageSize: true, prices: { input: 1.5, output: 7.5, image: 30 } },
    prompt,
    width: 1024,
    height: 576,
    aspect: '16:9',
    ...change,
  })

export const reading = (change: Partial<ReadingRequest> = {}): ReadingRequest => ({
  kind: 'reading',
  endpoint: 'gemini-3.8-flash',
  parameters: { thinking: 'low', maxOutputTokens: 4096, prices: { input: 0.75, output: 3.75 } },
  source: source('subject', 9),
  ...change,
})

/** The fault a call ends with; neither our key nor the person's words nor Google's may be in the error. */
export const fault = (answer: Promise<unknown>) => faultOf(answer, [key, prompt, 'No.'])

/** Google on this machine, and the provider that reaches it and nobody else. */
export async function openFixture() {
  const fake = await startFakeGemini({ key, models: ['gemini-nano-banana-2.1', 'gemini-3.8-flash'] })
  const at = (baseUrl: string) =>
    descriptor.create(
      { key, baseUrl },
      toolsFor(descriptor, () => now),
    )
  const gemini = at(fake.baseUrl)
  return {
    fake,
    gemini,
    call: (request: ImageRequest | ReadingRequest = image(), given = control()) => gemini.call(request, given),
    async close() {
      await gemini.close()
      await fake.close()
    },
  }
}
export type Fixture = Awaited<ReturnType<typeof openFixture>>
