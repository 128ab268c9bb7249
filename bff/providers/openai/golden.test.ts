import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { needsContracts, openContract } from '../../test/fakes/contracts.ts'
import { jsonOf } from '../../test/fakes/server.ts'
import { toolsFor } from '../index.ts'
import { startOpenAiFake } from '../openai-api/test/fake-images.ts'
import { imageRequest, parameters } from '../openai-api/test/requests.ts'
import type { DirectProvider } from '../provider.ts'
import { control, picture } from '../test/requests.ts'
import { openai } from './index.ts'

const key = 'sk-test-key'
let fake: Awaited<ReturnType<typeof startOpenAiFake>>
let provider: DirectProvider

beforeEach(async () => {
  fake = await startOpenAiFake({ key })
  provider = openai.create({ key, baseUrl: `${fake.url}/v1` }, toolsFor(openai, Date.now))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await provider.close()
  await fake.close()
  expect(fake.complaints).toEqual([])
})

async function formOf({ body, headers }: (typeof fake.seen)[number]) {
  const type = headers['content-type']!
  return [...(await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData())]
}

describe('a request holds what the job needs and nothing else', () => {
  test('from words alone', async () => {
    const request = imageRequest({ prompt: 'A red kite over the sea', quality: 'high', count: 2, transparent: true })
    const answer = await provider.call(request, control())
    expect(answer).toMatchObject({ kind: 'files', files: [expect.any(Buffer), expect.any(Buffer)] })
    expect(fake.seen).toHaveLength(1)
    const [{ method, path, headers }] = fake.seen as [(typeof fake.seen)[number]]
    expect(`${method} ${path}`).toBe('POST /v1/images/generations')
    expect(jsonOf(fake.seen[0]!)).toEqual({
      model: 'gpt-image-2.6-flare',
      prompt: 'A red kite over the sea',
      size: '1024x1024',
      n: 2,
      quality: 'high',
      background: 'transparent',
      output_format: 'png',
    })
    expect(headers).toEqual({
      host: `127.0.0.1:${fake.port}`,
      connection: 'close',
      accept: 'application/json',
      'accept-encoding': 'identity',
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'content-length': String(fake.seen[0]!.body.length),
    })
  })

  test('from one picture', async () => {
    const source = picture({ bytes: Buffer.from('\x89PNG\r\n\x1a\none', 'latin1') })
    await provider.call(imageRequest({ prompt: 'As a woodcut', sources: [source] }), control())
    const [seen] = fake.seen
    expect(seen!.path).toBe('/v1/images/edits')
    expect(Object.keys(seen!.headers).sort()).toEqual([
      'accept',
      'accept-encoding',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
    ])
    const form = await formOf(seen!)
    expect(form.filter(([name]) => name !== 'image')).toEqual([
      ['model', 'gpt-image-2.6-flare'],
      ['prompt', 'As a woodcut'],
      ['size', '1024x1024'],
      ['n', '1'],
      ['output_format', 'png'],
    ])
    const [, file] = form.find(([name]) => name === 'image') as [string, File]
    expect([file.name, file.type]).toEqual(['picture-1.png', 'image/png'])
    expect(Buffer.from(await file.arrayBuffer())).toEqual(source.bytes)
  })

  test('from sixteen pictures, each with its part, in order', async () => {
    const roles = ['subject', 'style', 'palette', 'light'] as const
    const sources = Array.from({ length: 16 }, (_, index) =>
      picture({ bytes: Buffer.from(`picture ${index + 1}`), mime: 'image/jpeg', role: roles[index % 4]! }),
    )
    await provider.call(imageRequest({ prompt: 'Together', sources }), control())
    const form = await formOf(fake.seen[0]!)
    const files = form.filter(([name]) => name === 'image[]').map(([, file]) => file as File)
    expect(files.map(file => file.name)).toEqual(sources.map((_, index) => `picture-${index + 1}.jpg`))
    expect(await files[15]!.text()).toBe('picture 16')
    const [, prompt] = form.find(([name]) => name === 'prompt')!
    expect(prompt).toContain('Picture 16 ')
    expect(form.map(([name]) => name).filter(name => name !== 'image[]')).toEqual([
      'model',
      'prompt',
      'size',
      'n',
      'output_format',
    ])
  })

  test('whatever the environment says: the client takes neither key, address, headers nor a voice from it', async () => {
    for (const [name, value] of Object.entries({
      OPENAI_API_KEY: 'sk-other',
      OPENAI_ADMIN_KEY: 'sk-admin',
      OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
      OPENAI_ORG_ID: 'org-other',
      OPENAI_PROJECT_ID: 'proj-other',
      OPENAI_CUSTOM_HEADERS: 'x-own: told',
      OPENAI_LOG: 'debug',
    }))
      vi.stubEnv(name, value)
    const said = (['debug', 'info', 'log', 'warn', 'error'] as const).map(level => vi.spyOn(console, level))
    await provider.call(imageRequest({ prompt: 'A kite' }), control())
    const [seen] = fake.seen
    expect(seen!.headers.authorization).toBe(`Bearer ${key}`)
    expect(Object.keys(seen!.headers)).not.toContain('x-own')
    expect(JSON.stringify(seen!.headers)).not.toMatch(/org|proj|admin/)
    for (const spy of said) expect(spy).not.toHaveBeenCalled()
  })
})

test('a size that the model does not make becomes the nearest that it does', async () => {
  await provider.call(imageRequest({ width: 1024, height: 576 }), control())
  expect(jsonOf(fake.seen[0]!)).toMatchObject({ size: '1088x608' })
})

test('what a model does not take is not sent', async () => {
  const request = imageRequest({ quality: 'high', count: 1, transparent: true })
  await provider.call({ ...request, parameters: { ...parameters, send: [] } }, control())
  expect(Object.keys(jsonOf(fake.seen[0]!) as object)).toEqual(['model', 'prompt', 'size'])
})

const contracts = openContract('openai-images.openapi.json')

test.skipIf(!contracts)(`requests and answers keep to OpenAI’s own description${needsContracts}`, async () => {
  await provider.call(imageRequest({ prompt: 'A kite', quality: 'low', count: 3, transparent: true }), control())
  await provider.call(imageRequest({ prompt: 'A kite', sources: [picture()], quality: 'medium' }), control())
  await provider.call(imageRequest({ prompt: 'A kite', sources: Array(16).fill(picture()) }), control())
  expect(fake.complaints).toEqual([])
  expect(contracts!('#/components/schemas/CreateImageRequest', { prompt: 'x', quality: 'splendid' })).not.toEqual([])
  expect(contracts!('#/components/schemas/ImagesResponse', { data: [] })).not.toEqual([])
})
