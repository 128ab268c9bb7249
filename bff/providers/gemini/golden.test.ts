import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { needsContracts } from '../../test/fakes/contracts.ts'
import { png } from '../../test/fakes/files.ts'
import { jsonOf } from '../../test/fakes/server.ts'
import type { ImageRequest } from '../provider.ts'
import { readingInstructions, readingSchema } from '../shared/reading-prompt.ts'
import { gemini } from './index.ts'
import { candidate } from './test/fake.ts'
import { type Fixture, image, key, openFixture, prompt, reading, source } from './test/fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await openFixture()
})
afterEach(async () => {
  await fixture.close()
  expect(fixture.fake.violations).toEqual([])
})

const safetySettings = ['HARASSMENT', 'HATE_SPEECH', 'SEXUALLY_EXPLICIT', 'DANGEROUS_CONTENT'].map(name => ({
  category: `HARM_CATEGORY_${name}`,
  threshold: 'BLOCK_MEDIUM_AND_ABOVE',
}))
const inline = (shade: number) => ({ inlineData: { mimeType: 'image/png', data: png(shade).toString('base64') } })

describe('what is sent', () => {
  test(`golden request: words and pictures, kept by nobody, and nothing about the person${needsContracts}`, async () => {
    await fixture.call(image({ sources: [source('subject', 1), source('style', 2)], negative: 'text' }))
    const [request] = fixture.fake.seen
    expect(request).toMatchObject({ method: 'POST', path: '/v1beta/models/gemini-nano-banana-2.1:generateContent' })
    const { host, 'content-length': length, ...headers } = request!.headers
    expect(headers).toEqual({
      'accept-encoding': 'identity',
      connection: 'close',
      'content-type': 'application/json',
      'x-goog-api-key': key,
    })
    expect([host, length]).toEqual([new URL(fixture.fake.url).host, String(request!.body.length)])
    const body = jsonOf(request!)
    expect(Object.keys(body as object)[0]).toBe('store')
    expect(body).toEqual({
      store: false,
      contents: [
        {
          role: 'user',
          parts: [
            {
              text: [
                'Picture 1 is the subject: keep who or what it shows recognisable. Follow it closely.\nPicture 2 gives the style: take its technique, texture and way of drawing, not what it shows. Follow it closely.',
                prompt,
                'Keep out of the picture: text',
              ].join('\n\n'),
            },
            inline(1),
            inline(2),
          ],
        },
      ],
      safetySettings,
      generationConfig: {
        responseModalities: ['TEXT', 'IMAGE'],
        imageConfig: { aspectRatio: '16:9', imageSize: '1K' },
      },
    })
  })

  test(`golden request of a reading: the picture alone${needsContracts}`, async () => {
    fixture.fake.answerWith(candidate('STOP', [{ text: JSON.stringify({ en: { subject: 'a fox' } }) }]))
    await fixture.call(reading())
    expect(fixture.fake.seen[0]!.path).toBe('/v1beta/models/gemini-3.8-flash:generateContent')
    expect(jsonOf(fixture.fake.seen[0]!)).toEqual({
      store: false,
      systemInstruction: { parts: [{ text: readingInstructions }] },
      contents: [{ role: 'user', parts: [{ text: 'Describe this picture.' }, inline(9)] }],
      safetySettings,
      generationConfig: {
        maxOutputTokens: 4096,
        responseMimeType: 'application/json',
        responseJsonSchema: readingSchema,
        thinkingConfig: { thinkingLevel: 'low' },
      },
    })
  })

  test('a lone picture keeps its shape by itself; of several the nearest ratio is named; one size is not told', async () => {
    const configOf = async (change: Partial<ImageRequest>) => {
      await fixture.call(image(change))
      const body = jsonOf(fixture.fake.seen.at(-1)!) as { generationConfig: { imageConfig: object } }
      return body.generationConfig.imageConfig
    }
    const own = { aspect: 'source', width: 1000, height: 700 }
    expect(await configOf({ ...own, sources: [source('subject', 1)] })).toEqual({ imageSize: '1K' })
    expect(await configOf({ ...own, sources: [source('style', 1), source('subject', 2)] })).toEqual({
      aspectRatio: '3:2',
      imageSize: '1K',
    })
    const { prices } = image().parameters
    expect(await configOf({ parameters: { imageSize: false, prices } })).toEqual({ aspectRatio: '16:9' })
  })
})

test('the parameters of a catalogue entry are checked at start', () => {
  const wrong = (kind: 'image' | 'reading' | 'model3d', parameters: object) =>
    gemini.wrongParameters(kind, parameters as Record<string, unknown>)
  expect(wrong('image', image().parameters)).toBeNull()
  expect(wrong('reading', reading().parameters)).toBeNull()
  expect(wrong('image', {})).toMatch(/imageSize|required/)
  expect(wrong('image', { ...image().parameters, sizes: 1 })).not.toBeNull()
  expect(wrong('reading', { ...reading().parameters, thinking: 'most' })).toMatch(/thinking/)
  expect(wrong('model3d', {})).not.toBeNull()
})
