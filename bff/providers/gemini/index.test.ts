import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { partNames } from '../../contract/readings.ts'
import { needsContracts } from '../../test/fakes/contracts.ts'
import { faultOf as faultWithout } from '../../test/fakes/fault-of.ts'
import * as faults from '../../test/fakes/faults.ts'
import { png } from '../../test/fakes/files.ts'
import { blockedPrompt, candidate, googleError, pictureParts, startFakeGemini } from '../../test/fakes/gemini.ts'
import { type Fault, jsonOf } from '../../test/fakes/server.ts'
import { until } from '../../test/until.ts'
import { createEgress, type Egress } from '../egress/egress.ts'
import type { MakerFault } from '../maker-error.ts'
import type { DirectProvider, ImageRequest, ReadingRequest, SourcePicture } from '../provider.ts'
import { readingInstructions } from '../reading/instructions.ts'
import { readingSchema } from '../reading/schema.ts'
import { createGeminiProvider } from './index.ts'

const key = 'AIza-our-own-secret'
const prompt = 'a lighthouse nobody else has thought of'
const now = Date.UTC(2026, 10, 21)

let fake: Awaited<ReturnType<typeof startFakeGemini>>
let egress: Egress
let gemini: DirectProvider

beforeEach(async () => {
  fake = await startFakeGemini({ key, models: ['gemini-nano-banana-2.1', 'gemini-3.8-flash'] })
  egress = createEgress({ hosts: [{ base: fake.baseUrl }] })
  gemini = createGeminiProvider({ key, baseUrl: fake.baseUrl, egress, now: () => now })
})
afterEach(async () => {
  await gemini.close()
  await fake.close()
  expect(fake.violations).toEqual([])
})

const source = (role: SourcePicture['role'], shade: number): SourcePicture => ({
  bytes: png(shade),
  mime: 'image/png',
  width: 1,
  height: 1,
  role,
  weight: 100,
})

const image = (change: Partial<ImageRequest> = {}): ImageRequest => ({
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

const reading = (change: Partial<ReadingRequest> = {}): ReadingRequest => ({
  kind: 'reading',
  endpoint: 'gemini-3.8-flash',
  parameters: { thinking: 'low', maxOutputTokens: 4096, prices: { input: 0.75, output: 3.75 } },
  source: source('subject', 9),
  ...change,
})

const control = () => {
  const stop = new AbortController()
  return { stop, signal: stop.signal, onProgress: vi.fn(), admit: vi.fn(async () => {}) }
}

const call = (request: ImageRequest | ReadingRequest = image(), given = control()) => gemini.call(request, given)

const faultOf = (answer: Promise<unknown>) => faultWithout(answer, [key, prompt, 'No.'])

const safetySettings = ['HARASSMENT', 'HATE_SPEECH', 'SEXUALLY_EXPLICIT', 'DANGEROUS_CONTENT'].map(name => ({
  category: `HARM_CATEGORY_${name}`,
  threshold: 'BLOCK_MEDIUM_AND_ABOVE',
}))
const inline = (shade: number) => ({ inlineData: { mimeType: 'image/png', data: png(shade).toString('base64') } })

describe('what is sent', () => {
  test(`[P49][P46] golden request: words and pictures, kept by nobody, and nothing about the person${needsContracts}`, async () => {
    await call(image({ sources: [source('subject', 1), source('style', 2)], negative: 'text' }))
    const [request] = fake.seen
    expect(request).toMatchObject({ method: 'POST', path: '/v1beta/models/gemini-nano-banana-2.1:generateContent' })
    const { host, 'content-length': length, ...headers } = request!.headers
    expect(headers).toEqual({
      'accept-encoding': 'identity',
      connection: 'close',
      'content-type': 'application/json',
      'x-goog-api-key': key,
    })
    expect([host, length]).toEqual([new URL(fake.url).host, String(request!.body.length)])
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

  test(`[P49][P46] golden request of a reading: the picture alone${needsContracts}`, async () => {
    fake.answerWith(candidate('STOP', [{ text: JSON.stringify({ en: { subject: 'a fox' } }) }]))
    await call(reading())
    expect(fake.seen[0]!.path).toBe('/v1beta/models/gemini-3.8-flash:generateContent')
    expect(jsonOf(fake.seen[0]!)).toEqual({
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
      await call(image(change))
      const body = jsonOf(fake.seen.at(-1)!) as { generationConfig: { imageConfig: object } }
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

describe('what comes back', () => {
  test('the picture, byte for byte, and what it cost', async () => {
    const given = control()
    const answer = await call(image(), given)
    // 560 x 1.5 + (20 + 200) x 7.5 + 1120 x 30
    expect(answer).toEqual({ kind: 'files', files: [png()], usage: { microUsd: 36090 } })
    expect(given.admit).toHaveBeenCalledTimes(1)
    expect(fake.seen).toHaveLength(1)
  })

  test('[C47] two pictures for one: the last one; drafts among the thoughts are never results', async () => {
    const draft = { ...pictureParts(png(5))[0], thought: true }
    fake.answerWith(candidate('STOP', [draft, ...pictureParts(png(1), png(2))]))
    expect(await call()).toMatchObject({ files: [png(2)] })
    fake.answerWith(candidate('STOP', [draft]))
    expect(await faultOf(call())).toEqual({ kind: 'no_picture' })
  })

  test('[C47] usage that is missing is not guessed; usage that is nonsense counts as nothing', async () => {
    const { candidates } = candidate('STOP', pictureParts(png()))
    fake.answerWith({ candidates })
    expect(await call()).toMatchObject({ usage: { microUsd: null } })
    fake.play(
      faults.answers(200, {
        candidates,
        usageMetadata: { promptTokenCount: -5, candidatesTokenCount: 'NaN', thoughtsTokenCount: null },
      }),
    )
    expect(await call()).toMatchObject({ usage: { microUsd: 0 } })
  })

  test('a reading in both languages from one call', async () => {
    const parts = (subject: string) => ({ ...Object.fromEntries(partNames.map(name => [name, ''])), subject })
    const text = JSON.stringify({ en: parts('a fox'), ja: parts('狐') })
    fake.answerWith(
      candidate('STOP', [{ text: 'Hm.', thought: true }, { text: text.slice(0, 20) }, { text: text.slice(20) }]),
    )
    // 560 x 0.75 + (1140 + 200) x 3.75
    const usage = { microUsd: 5445 }
    expect(await call(reading())).toEqual({ kind: 'reading', reading: { en: parts('a fox'), ja: parts('狐') }, usage })
    expect(fake.seen).toHaveLength(1)
  })

  test.each(['I cannot do that.', '', '{"en": {"subject": "cut'])('[C47] a reading that is none: %j', async text => {
    fake.answerWith(candidate('MAX_TOKENS', [{ text }]))
    expect(await faultOf(call(reading()))).toEqual({ kind: 'bad_answer' })
  })
})

describe('[C53] a refusal that comes as a success', () => {
  const rating = (name: string, probability = 'HIGH') => ({ category: `HARM_CATEGORY_${name}`, probability })

  test.each([
    ['SAFETY', [rating('HARASSMENT', 'LOW'), rating('SEXUALLY_EXPLICIT')], 'sexual'],
    ['SAFETY', [rating('DANGEROUS_CONTENT', 'MEDIUM'), rating('HATE_SPEECH', 'LOW')], 'violence'],
    ['SAFETY', [], 'other'],
    ['IMAGE_SAFETY', [], 'other'],
    ['PROHIBITED_CONTENT', [], 'other'],
    ['BLOCKLIST', [], 'other'],
    ['OTHER', [], 'other'],
    ['MODEL_ARMOR', [], 'other'],
    ['JAILBREAK', [], 'other'],
    ['BLOCK_REASON_UNSPECIFIED', [], 'other'],
  ])('of the prompt: %s %j', async (name, ratings, reason) => {
    fake.answerWith(blockedPrompt(name, ratings))
    for (const request of [image(), reading()])
      expect(await faultOf(call(request))).toEqual({ kind: 'blocked', stage: 'input', reason })
  })

  test.each([
    [
      'SAFETY',
      { safetyRatings: [rating('DANGEROUS_CONTENT'), { ...rating('HATE_SPEECH', 'LOW'), blocked: true }] },
      'hate',
    ],
    ['IMAGE_SAFETY', {}, 'other'],
    ['PROHIBITED_CONTENT', {}, 'other'],
    ['IMAGE_PROHIBITED_CONTENT', { finishMessage: prompt }, 'other'],
    ['BLOCKLIST', {}, 'other'],
    ['RECITATION', {}, 'rights'],
    ['IMAGE_RECITATION', {}, 'rights'],
    ['SPII', {}, 'person'],
  ])('of the result: %s', async (name, rest, reason) => {
    fake.answerWith(candidate(name, undefined, rest))
    for (const request of [image(), reading()])
      expect(await faultOf(call(request))).toEqual({ kind: 'blocked', stage: 'output', reason })
  })

  test.each(['NO_IMAGE', 'IMAGE_OTHER', 'OTHER', 'LANGUAGE', 'MAX_TOKENS', 'STOP', 'FINISH_REASON_UNSPECIFIED'])(
    'no picture and no rule broken: %s',
    async name => {
      fake.answerWith(candidate(name, [{ text: 'I would rather talk.' }]))
      expect(await faultOf(call())).toEqual({ kind: 'no_picture' })
    },
  )

  test('[C47] empty data, no candidates, an empty answer: no picture', async () => {
    fake.answerWith(candidate('STOP', [{ inlineData: { mimeType: 'image/png', data: '' } }]))
    expect(await faultOf(call())).toEqual({ kind: 'no_picture' })
    for (const empty of [{ candidates: [] }, {}]) {
      fake.answerWith(empty)
      expect(await faultOf(call())).toEqual({ kind: 'no_picture' })
    }
  })
})

describe('what goes wrong', () => {
  const error = (
    code: number,
    status: string,
    message?: string,
    details?: object[],
    headers?: Record<string, string>,
  ) => faults.answers(code, googleError(code, status, message, details), headers)
  const quota = (quotaId: string) => [
    { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId }] },
  ]
  const invalidKey = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }]
  const retryIn = (retryDelay: string) => [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay }]
  const limited = (ms: number | null): MakerFault => ({ kind: 'rate_limited', retryAfterMs: ms })

  test.each<[string, Fault, MakerFault]>([
    ['[C51] reset before headers', faults.resetBeforeHeaders, { kind: 'unknown_outcome' }],
    ['[C51] reset after headers', faults.resetAfterHeaders, { kind: 'unknown_outcome' }],
    ['[C51] a cut body', faults.cutBody, { kind: 'unknown_outcome' }],
    ['[C51] 500', error(500, 'INTERNAL'), { kind: 'unknown_outcome' }],
    ['[C51] 503', error(503, 'UNAVAILABLE'), { kind: 'unknown_outcome' }],
    ['[C51] 504', error(504, 'DEADLINE_EXCEEDED'), { kind: 'unknown_outcome' }],
    ['[C51] 408', error(408, 'CANCELLED'), { kind: 'unknown_outcome' }],
    ['[C51] 429 without a time', error(429, 'RESOURCE_EXHAUSTED'), limited(null)],
    ['[C51] 429 with seconds', error(429, 'RESOURCE_EXHAUSTED', '', [], { 'retry-after': '20' }), limited(20_000)],
    [
      '[C51] 429 with a date',
      error(429, 'RESOURCE_EXHAUSTED', '', [], { 'retry-after': new Date(now + 5000).toUTCString() }),
      limited(5000),
    ],
    ['[C51] 429 with an absurd time', error(429, '', '', [], { 'retry-after': '9'.repeat(30) }), limited(3_600_000)],
    ['[C51] 429 with its own delay', error(429, 'RESOURCE_EXHAUSTED', '', retryIn('34.074824224s')), limited(34_000)],
    [
      '[C51] 429 for the minute',
      error(429, 'RESOURCE_EXHAUSTED', '', quota('GenerateRequestsPerMinutePerProjectPerModel')),
      limited(null),
    ],
    [
      '429 for the day',
      error(429, 'RESOURCE_EXHAUSTED', '', quota('GenerateRequestsPerDayPerProjectPerModel')),
      { kind: 'account', of: 'quota' },
    ],
    [
      '429 for money',
      error(429, 'RESOURCE_EXHAUSTED', 'Your prepayment credits are depleted.'),
      { kind: 'account', of: 'quota' },
    ],
    ['402', error(402, 'PAYMENT_REQUIRED'), { kind: 'account', of: 'quota' }],
    ['400', error(400, 'INVALID_ARGUMENT'), { kind: 'rejected_input' }],
    ['413', error(413, 'INVALID_ARGUMENT'), { kind: 'rejected_input' }],
    ['400 without billing', error(400, 'FAILED_PRECONDITION'), { kind: 'account', of: 'quota' }],
    ['400 for the key', error(400, 'INVALID_ARGUMENT', 'No.', invalidKey), { kind: 'account', of: 'credentials' }],
    ['401', error(401, 'UNAUTHENTICATED'), { kind: 'account', of: 'credentials' }],
    ['403', error(403, 'PERMISSION_DENIED'), { kind: 'account', of: 'credentials' }],
    ['404', error(404, 'NOT_FOUND'), { kind: 'retired_model' }],
    ['an error that is no JSON', faults.answers(400, '<html>No.</html>'), { kind: 'rejected_input' }],
    ['[C47] 200 with HTML', faults.html, { kind: 'bad_answer' }],
    ['[C48] 500 MB', faults.huge(500 * 1024 * 1024), { kind: 'bad_answer' }],
    ['[C48] 500 MB, said before', faults.huge(500 * 1024 * 1024, { declared: true }), { kind: 'bad_answer' }],
    ['[C49] a redirect inside', faults.redirects(), { kind: 'bad_answer' }],
    ['[C52] key and prompt in the error', faults.echoes(400), { kind: 'rejected_input' }],
    ['[C52] key and prompt in a 500', faults.echoes(500), { kind: 'unknown_outcome' }],
    ['[C52] key and prompt in a success', faults.echoes(200), { kind: 'no_picture' }],
  ])('%s: called once', async (_, fault, expected) => {
    fake.play(fault)
    expect(await faultOf(call())).toEqual(expected)
    expect(fake.seen).toHaveLength(1)
  })

  test.each([
    ['[C51] no answer', faults.hang],
    ['[C48] one byte and then nothing', faults.drip],
  ])('%s until the deadline: called once', async (_, fault) => {
    fake.play(fault)
    const given = control()
    const answer = faultOf(call(image(), given))
    await until(() => fake.seen.length === 1)
    given.stop.abort()
    expect(await answer).toEqual({ kind: 'unknown_outcome' })
    expect(fake.seen).toHaveLength(1)
  })

  test('[C51] nobody there: no byte has left', async () => {
    await fake.close()
    expect(await faultOf(call())).toEqual({ kind: 'not_sent' })
  })

  test('[P48] a base URL that is not on the list is not reached', async () => {
    const elsewhere = createGeminiProvider({ key, baseUrl: 'https://example.test/v1beta', egress, now: () => now })
    expect(await faultOf(elsewhere.call(image(), control()))).toEqual({ kind: 'bad_answer' })
    expect(fake.seen).toEqual([])
  })

  test('what Gemini does not make is not sent', async () => {
    const model3d = { ...reading(), kind: 'model3d' as const, quality: null }
    expect(await faultOf(gemini.call(model3d, control()))).toEqual({ kind: 'rejected_input' })
    expect(fake.seen).toEqual([])
  })
})

test('the parameters of a catalogue entry are checked at start', () => {
  const wrong = (kind: 'image' | 'reading' | 'model3d', parameters: object) =>
    gemini.wrongParameters?.(kind, parameters as Readonly<Record<string, unknown>>)
  expect(wrong('image', image().parameters)).toBeNull()
  expect(wrong('reading', reading().parameters)).toBeNull()
  expect(wrong('image', {})).toMatch(/imageSize|required/)
  expect(wrong('image', { ...image().parameters, sizes: 1 })).not.toBeNull()
  expect(wrong('reading', { ...reading().parameters, thinking: 'most' })).toMatch(/thinking/)
  expect(wrong('model3d', {})).not.toBeNull()
})
