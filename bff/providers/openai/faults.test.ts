import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { limited, unknown } from '../../test/fakes/fault-of.ts'
import * as faults from '../../test/fakes/faults.ts'
import type { Fault } from '../../test/fakes/server.ts'
import { until } from '../../test/until.ts'
import { toolsFor } from '../index.ts'
import { refusals, startOpenAiFake } from '../openai-api/test/fake-images.ts'
import { imageRequest, parameters } from '../openai-api/test/requests.ts'
import type { DirectProvider, ImageRequest } from '../provider.ts'
import { ProviderError, type ProviderFault } from '../provider-error.ts'
import { control, picture } from '../test/requests.ts'
import { openai } from './index.ts'

const mib = 1024 * 1024
const now = Date.parse('2026-11-21T12:00:00Z')
const key = 'sk-secret-key-of-ours'
const prompt = 'a secret wish of the person'
const badAnswer: ProviderFault = { kind: 'bad_answer' }
const noPicture: ProviderFault = { kind: 'no_picture' }
const blocked = (stage: 'input' | 'output', reason: string) => ({ kind: 'blocked', stage, reason }) as ProviderFault

let fake: Awaited<ReturnType<typeof startOpenAiFake>>
let provider: DirectProvider
const said: unknown[][] = []

beforeEach(async () => {
  said.length = 0
  for (const level of ['debug', 'info', 'log', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((...words) => void said.push(words))
  fake = await startOpenAiFake({ key })
  provider = openai.create(
    { key, baseUrl: `${fake.url}/v1` },
    toolsFor(openai, () => now),
  )
})
afterEach(async () => {
  vi.restoreAllMocks()
  await provider.close()
  await fake.close()
})

const fromWords = () => imageRequest({ prompt })
const fromPictures = () => imageRequest({ prompt, sources: [picture(), picture({ role: 'style' })] })

async function failing(request: ImageRequest, call = control()): Promise<ProviderError> {
  const error = await provider.call(request, call).then(
    () => null,
    thrown => thrown,
  )
  expect(error).toBeInstanceOf(ProviderError)
  return error
}

/** Everything that a log or an answer could take from an error. */
const everythingIn = (error: Error) => [error.message, error.stack, error.cause, JSON.stringify(error)].join()

const onTheWire: [string, Fault, ProviderFault][] = [
  ['500', refusals.broken(500), unknown],
  ['502', refusals.broken(502), unknown],
  ['503', refusals.broken(503), unknown],
  ['408', refusals.timeout, unknown],
  [
    '500 that speaks of an empty account',
    faults.answers(500, {
      error: { message: 'No.', type: 'insufficient_quota', param: null, code: 'insufficient_quota' },
    }),
    unknown,
  ],
  ['reset before headers', faults.resetBeforeHeaders, unknown],
  ['reset after headers', faults.resetAfterHeaders, unknown],
  ['cut body', faults.cutBody, unknown],
  ['500 MB', faults.huge(500 * mib, { declared: true }), badAnswer],
  ['redirect', faults.redirects(), badAnswer],
  ['HTML', faults.html, badAnswer],
  ['broken JSON', faults.answers(200, '{"data":', { 'content-type': 'application/json' }), badAnswer],
  ['nothing', faults.answers(200, '', { 'content-type': 'application/json' }), badAnswer],
  ['null', faults.answers(200, 'null', { 'content-type': 'application/json' }), badAnswer],
  ['429 with seconds', refusals.tooMany('20'), limited(20_000)],
  ['429 with a date', refusals.tooMany('Sat, 21 Nov 2026 12:01:00 GMT'), limited(60_000)],
  ['429 with an absurd time', refusals.tooMany('99999999999'), limited(60 * 60_000)],
  ['429 with nonsense', refusals.tooMany('soon'), limited(null)],
  ['429 without a time', refusals.tooMany(), limited(null)],
  ['blocked before', refusals.moderated('input', ['violence/graphic']), blocked('input', 'violence')],
  ['blocked after', refusals.moderated('output', ['sexual', 'sexual/minors']), blocked('output', 'minors')],
  ['blocked somewhere', refusals.moderated('unknown', []), blocked('input', 'other')],
  ['blocked in words', refusals.moderatedInWords('self-harm'), blocked('input', 'self_harm')],
  ['blocked by a server that has no codes', refusals.moderatedWithoutCode, blocked('input', 'other')],
  ['an empty account', refusals.emptyAccount, { kind: 'account', of: 'quota' }],
  ['a spending limit', refusals.spendingLimit, { kind: 'account', of: 'quota' }],
  ['a wrong key', refusals.wrongKey, { kind: 'account', of: 'credentials' }],
  ['an account not verified', refusals.notVerified, { kind: 'account', of: 'credentials' }],
  ['a model that is gone', refusals.noSuchModel, { kind: 'retired_model' }],
  ['a model that is gone, said otherwise', refusals.noSuchModelInBody, { kind: 'retired_model' }],
  ['a wrong request', refusals.wrongRequest, { kind: 'rejected_input' }],
  ['a request it cannot work on', refusals.unprocessable, { kind: 'rejected_input' }],
]

describe.each([
  ['words', fromWords],
  ['pictures', fromPictures],
])('one call from %s, whatever comes back', (_from, request) => {
  test.each(onTheWire)('%s', async (_what, fault, meaning) => {
    fake.play(fault)
    expect((await failing(request())).fault).toEqual(meaning)
    expect(fake.seen).toHaveLength(1)
    expect(fake.connections()).toBe(1)
  })

  test.each<[string, Fault]>([
    ['hangs', faults.hang],
    ['drips and never ends', faults.drip],
  ])('%s until the deadline', async (_what, fault) => {
    fake.play(fault)
    const call = control()
    const error = failing(request(), call)
    await until(() => fake.seen.length === 1)
    call.stop.abort()
    expect((await error).fault).toEqual(unknown)
    expect(fake.seen).toHaveLength(1)
  })

  test.each([400, 401, 422, 429, 500])('%i that repeats our key and the prompt', async status => {
    fake.play(faults.echoes(status))
    const error = await failing(request())
    for (const secret of [key, prompt]) {
      expect(everythingIn(error)).not.toContain(secret)
      expect(JSON.stringify(said)).not.toContain(secret)
    }
    expect(fake.seen).toHaveLength(1)
  })
})

test('nobody there: no byte has left', async () => {
  await fake.close()
  expect((await failing(fromWords())).fault).toEqual({ kind: 'not_sent' })
})

const png = Buffer.from('\x89PNG\r\n\x1a\npicture', 'latin1').toString('base64')
const made = (data: unknown, usage?: unknown) => faults.answers(200, { created: 1, data, usage })

describe('an answer of 200', () => {
  test.each<[string, Fault, ProviderFault]>([
    ['no pictures', made([]), noPicture],
    ['no list', made(undefined), noPicture],
    ['an item without a picture', made([{}]), noPicture],
    ['an empty picture', made([{ b64_json: '' }]), noPicture],
    ['an item that is none', made([7]), noPicture],
    ['two pictures for one', made([{ b64_json: png }, { b64_json: png }]), badAnswer],
    ['what is not base64', made([{ b64_json: `${png.slice(0, 16)}!!${png.slice(16)}` }]), badAnswer],
    ['a page in place of the picture', made([{ b64_json: Buffer.from('<html>').toString('base64') }]), badAnswer],
    ['a drawing with script', made([{ b64_json: Buffer.from('<svg>').toString('base64') }]), badAnswer],
    ['an address where OpenAI gives none', made([{ url: 'http://169.254.169.254/' }]), badAnswer],
  ])('with %s', async (_what, fault, meaning) => {
    fake.play(fault)
    expect((await failing(fromWords())).fault).toEqual(meaning)
    expect(fake.seen).toHaveLength(1)
  })

  test('with fewer pictures than asked for is what there is', async () => {
    fake.play(made([{ b64_json: png }, { b64_json: 'bm90aGluZw==' }]))
    const answer = await provider.call(imageRequest({ count: 4 }), control())
    expect(answer).toMatchObject({ files: [Buffer.from(png, 'base64')] })
  })
})

describe('[C47d] our cost by the tokens of the answer', () => {
  const input = { text_tokens: 100, image_tokens: 200 }
  test.each<[string, unknown, number | null]>([
    ['is their price', { input_tokens_details: input, output_tokens: 1000 }, 100 * 5 + 200 * 8 + 1000 * 30],
    ['counts nothing that is left out', { output_tokens: 1000 }, 30_000],
    ['is never less than nothing', { input_tokens_details: { text_tokens: -5 }, output_tokens: -1000 }, 0],
    ['is unknown without usage', undefined, null],
    ['is unknown without a number', { output_tokens: 'NaN' }, null],
    ['is unknown without a finite number', { output_tokens: null }, null],
    ['is unknown beyond all measure', { output_tokens: 1e300 }, null],
  ])('%s', async (_what, usage, microUsd) => {
    fake.play(made([{ b64_json: png }], usage))
    expect((await provider.call(fromWords(), control())).usage).toEqual({ microUsd })
  })

  test('is unknown where no prices are set', async () => {
    const request = { ...fromWords(), parameters: { ...parameters, prices: null } }
    expect((await provider.call(request, control())).usage).toEqual({ microUsd: null })
  })
})

test('room for the answer is asked for once, between headers and body', async () => {
  const call = control()
  await provider.call(fromWords(), call)
  expect(call.admit).toHaveBeenCalledTimes(1)
})

test('what is no picture job is refused before anything leaves', async () => {
  const reading = { kind: 'reading', endpoint: 'x', parameters: {}, source: picture() } as const
  await expect(provider.call(reading, control())).rejects.toMatchObject({ fault: { kind: 'rejected_input' } })
  expect(fake.seen).toHaveLength(0)
})

test('a mistake of our own is no answer of the provider', async () => {
  const request = imageRequest({ sources: [null as never] })
  await expect(provider.call(request, control())).rejects.toThrow(TypeError)
  expect(fake.seen).toHaveLength(0)
})

test.each<[string, object, string | null]>([
  ['sound', {}, null],
  ['without sizes', { size: undefined }, '/'],
  ['with a field it does not know', { moderation: 'low' }, '/'],
  ['that sends what it may not', { send: ['user'] }, '/send/0'],
])('parameters %s', (_what, change, wrong) => {
  const said = openai.wrongParameters('image', JSON.parse(JSON.stringify({ ...parameters, ...change })))
  if (wrong === null) expect(said).toBeNull()
  else expect(said).toContain(wrong)
  expect(openai.wrongParameters('reading', parameters)).toContain('"image" only')
})
