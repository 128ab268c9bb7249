import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadRegistry, type ModelEntry } from '../../models/registry.ts'
import * as faults from '../../test/fakes/faults.ts'
import { jsonOf } from '../../test/fakes/server.ts'
import { descriptors, toolsFor } from '../index.ts'
import type { CompatibleParameters } from '../openai-api/image-parameters.ts'
import { type OpenAiFakeOptions, refusals, startOpenAiFake } from '../openai-api/test/fake-images.ts'
import { imageRequest } from '../openai-api/test/requests.ts'
import type { DirectProvider, ImageRequest } from '../provider.ts'
import { control, picture } from '../test/requests.ts'
import { ownImages } from './index.ts'

/** The entry that the operator's guide shows. */
const example = (() => {
  const guide = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')
  return /<!-- example: compatible -->\n```json\n(.*?)\n```/s.exec(guide)![1]!
})()

let provider: DirectProvider
const fakes: { close(): Promise<void> }[] = []

beforeEach(() => {
  provider = ownImages.create(
    {},
    toolsFor(ownImages, () => 0),
  )
})
afterEach(async () => {
  await provider.close()
  await Promise.all(fakes.splice(0).map(fake => fake.close()))
})

/** A server, and a request to it as the example's entry makes one, with other parameters where they are given. */
async function serverAnd(options: OpenAiFakeOptions, more: Partial<CompatibleParameters> = {}) {
  const fake = await startOpenAiFake(options)
  fakes.push(fake)
  const [entry] = JSON.parse(example) as [ModelEntry]
  const parameters = { ...entry.parameters, baseUrl: `${fake.url}/v1`, ...more }
  const request = (fields: Partial<ImageRequest> = {}) =>
    imageRequest({ endpoint: entry.endpoint, parameters, ...fields })
  return { fake, parameters, request }
}

test('the entry that the operator’s guide shows is one that the backend starts with', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'models-')), 'models.json')
  writeFileSync(file, example)
  const entry = loadRegistry(descriptors, file).find('own-sdxl')!
  expect(entry).toMatchObject({ provider: 'compatible', kind: 'image' })
  expect(ownImages.wrongParameters(entry.kind, entry.parameters)).toBeNull()
})

test('that entry makes pictures: only fields the server knows, no key, no name of the person', async () => {
  const { fake, request } = await serverAnd({})
  const answer = await provider.call(request({ count: 2, quality: 'high', transparent: true }), control())
  expect(answer).toMatchObject({ files: [expect.any(Buffer), expect.any(Buffer)], usage: { microUsd: null } })
  expect(jsonOf(fake.seen[0]!)).toEqual({ model: 'sdxl', prompt: 'A kite', size: '1024x1024', n: 2 })
  expect(Object.keys(fake.seen[0]!.headers).sort()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'content-length',
    'content-type',
    'host',
  ])
})

test('from a picture it makes one too', async () => {
  const { fake, request } = await serverAnd({})
  await provider.call(request({ sources: [picture()] }), control())
  expect(fake.seen.map(({ path }) => path)).toEqual(['/v1/images/edits'])
})

test('a server with a key gets it, and is told in which form to answer', async () => {
  const { fake, request } = await serverAnd({ key: 'home' }, { key: 'home', responseFormat: 'b64_json' })
  await provider.call(request(), control())
  expect(jsonOf(fake.seen[0]!)).toMatchObject({ response_format: 'b64_json' })
})

describe('a server that answers with addresses', () => {
  test('its pictures are fetched at once, without the key', async () => {
    const { fake, request } = await serverAnd({ key: 'home', urls: true }, { key: 'home', responseFormat: 'url' })
    const answer = await provider.call(request({ count: 2 }), control())
    expect(answer).toMatchObject({ files: [expect.any(Buffer), expect.any(Buffer)] })
    const [, ...fetched] = fake.seen
    expect(fetched.map(({ path }) => path)).toEqual(['/pictures/1024x1024.png', '/pictures/1024x1024.png'])
    for (const { headers } of fetched)
      expect(Object.keys(headers).sort()).toEqual(['accept-encoding', 'connection', 'host'])
  })

  test.each([
    ['another port of this machine', 'http://127.0.0.1:9/a.png'],
    ['a cloud’s own service', 'http://169.254.169.254/latest'],
    ['a decimal address', 'http://2130706433/a.png'],
    ['a file', 'file:///etc/passwd'],
    ['a host that only looks alike', 'http://127.0.0.1.evil.example/a.png'],
    ['no address', 'picture.png'],
  ])('that name %s is refused', async (_what, url) => {
    const { fake, request } = await serverAnd({})
    fake.play(faults.answers(200, { created: 1, data: [{ url }] }))
    await expect(provider.call(request(), control())).rejects.toMatchObject({ fault: { kind: 'bad_answer' } })
    expect(fake.seen).toHaveLength(1)
  })

  test('that are pages, not pictures, is refused', async () => {
    const { fake, request } = await serverAnd({ urls: true })
    const call = provider.call(request(), Object.assign(control(), { admit: async () => fake.play(faults.html) }))
    await expect(call).rejects.toMatchObject({ fault: { kind: 'bad_answer' } })
  })
})

test('two entries have two servers: neither reaches the other’s', async () => {
  const one = await serverAnd({})
  const two = await serverAnd({})
  await provider.call(one.request(), control())
  await provider.call(two.request(), control())
  two.fake.play(faults.answers(200, { created: 1, data: [{ url: `${one.fake.url}/pictures/64x64.png` }] }))
  await expect(provider.call(two.request(), control())).rejects.toMatchObject({ fault: { kind: 'bad_answer' } })
  expect(one.fake.seen).toHaveLength(1)
})

test.each([
  ['is gone', refusals.noSuchModel, 'retired_model'],
  ['breaks', refusals.broken(500), 'unknown_outcome'],
  ['hangs up', faults.resetBeforeHeaders, 'unknown_outcome'],
])('a server that %s is asked once', async (_what, fault, kind) => {
  const { fake, request } = await serverAnd({})
  fake.play(fault)
  await expect(provider.call(request(), control())).rejects.toMatchObject({ fault: { kind } })
  expect(fake.seen).toHaveLength(1)
})

test.each([
  ['no address', { baseUrl: undefined }],
  ['an address with a user', { baseUrl: 'http://user:pass@127.0.0.1/v1' }],
  ['an address with a query', { baseUrl: 'http://127.0.0.1/v1?key=1' }],
  ['no http', { baseUrl: 'ftp://127.0.0.1/v1' }],
  ['a key of two words', { key: 'two words' }],
  ['a field it may not send', { send: ['user'] }],
])('an entry with %s stops the start', async (_what, change) => {
  const [entry] = JSON.parse(example) as [ModelEntry]
  const parameters = JSON.parse(JSON.stringify({ ...entry.parameters, ...change }))
  expect(ownImages.wrongParameters('image', parameters)).toBeTypeOf('string')
})
