import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createRegistry, type ModelEntry, readEntries } from '../../models/registry.ts'
import { type Clock, createClock } from '../../test/clock.ts'
import { needsContracts } from '../../test/fakes/contracts.ts'
import { type FakeFal, type FalJob, startFakeFal } from '../../test/fakes/fal.ts'
import { faultOf } from '../../test/fakes/fault-of.ts'
import * as faults from '../../test/fakes/faults.ts'
import { glb, png } from '../../test/fakes/files.ts'
import { type Fault, jsonOf } from '../../test/fakes/server.ts'
import { until } from '../../test/until.ts'
import { createEgress, type Egress } from '../egress/egress.ts'
import type { MakerFault } from '../maker-error.ts'
import type { ImageRequest, Model3dRequest, ProviderRequest, QueueProvider, SourcePicture } from '../provider.ts'
import { createFalProvider } from './index.ts'
import { createWebhookCheck } from './webhook.ts'

const key = 'fal-id:our-own-secret'
const prompt = 'a lighthouse nobody else has thought of'
const started = Date.UTC(2026, 10, 21)
const file = new URL('../../models/catalogue/fal.json', import.meta.url)
const catalogue = createRegistry(readEntries(file))

let clock: Clock
let fal: FakeFal
let egress: Egress
let provider: QueueProvider

beforeEach(async () => {
  clock = createClock(started)
  fal = await startFakeFal({ key, now: clock.now })
  egress = createEgress({ hosts: [{ base: fal.url }] })
  provider = connect()
})
afterEach(async () => {
  await Promise.all([provider.close(), fal.close()])
  expect(fal.violations).toEqual([])
})

const connect = () => createFalProvider({ key, queueUrl: fal.url, apiUrl: `${fal.url}/v1`, egress, now: clock.now })

const source = (role: SourcePicture['role'] = 'subject', shade = 3): SourcePicture => ({
  bytes: png(shade),
  mime: 'image/png',
  width: 1,
  height: 1,
  role,
  weight: 100,
})

const called = ({ endpoint, parameters }: ModelEntry) => ({ endpoint, parameters })

const image = (change: Partial<ImageRequest> = {}, id = 'flux-2-pro'): ImageRequest => ({
  kind: 'image',
  ...called(catalogue.find(id)!),
  prompt,
  negative: '',
  sources: [source()],
  width: 1024,
  height: 768,
  aspect: '4:3',
  size: '1K',
  quality: null,
  count: 1,
  seed: 7,
  transparent: false,
  ...change,
})

const model3d = (id = 'tripo-2.5', quality: string | null = 'textured'): Model3dRequest => ({
  kind: 'model3d',
  ...called(catalogue.find(id)!),
  source: source(),
  quality,
})

const control = () => {
  const stop = new AbortController()
  return { stop, signal: stop.signal, onProgress: vi.fn(), admit: vi.fn(async () => {}) }
}
const { signal } = control()

const submit = (request: ProviderRequest = image(), given = control(), callback: string | null = null) =>
  provider.submit(request, { ...given, callback })

/** Submits and has the fake finish; answers the ticket and the job. */
async function finished(request: ProviderRequest = image(), change: Partial<FalJob> = {}) {
  const ticket = await submit(request)
  const job = Object.assign(fal.job(), { state: 'COMPLETED' }, change)
  return { ticket, job }
}

const result = (ticket: string, given = control()) => provider.result(ticket, given)
const fault = (answer: Promise<unknown>) => faultOf(answer, [key, prompt, 'our-own', 'lighthouse'])
const requests = (method: string) => fal.seen.filter(request => request.method === method)

describe('what is sent', () => {
  test(`[P49][P46][R29] golden request: words and pictures, kept by nobody, nothing about the person${needsContracts}`, async () => {
    await submit(image({ sources: [source('subject', 1), source('style', 2)] }))
    expect(fal.seen).toHaveLength(1)
    const [request] = fal.seen
    const { host, 'content-length': length, 'user-agent': agent, ...headers } = request!.headers
    expect(request).toMatchObject({ method: 'POST', path: '/fal-ai/flux-2-pro/edit' })
    expect(headers).toEqual({
      accept: 'application/json',
      'accept-encoding': 'identity',
      authorization: `Key ${key}`,
      connection: 'close',
      'content-type': 'application/json',
      'x-fal-no-retry': '1',
      'x-fal-object-lifecycle-preference': '{"expiration_duration_seconds":3600}',
      'x-fal-queue-priority': 'normal',
      'x-fal-store-io': '0',
    })
    expect([host, length]).toEqual([new URL(fal.url).host, String(request!.body.length)])
    expect(agent).toMatch(/^@fal-ai\/client\//)
    const uri = (shade: number) => `data:image/png;base64,${png(shade).toString('base64')}`
    expect(jsonOf(request!)).toEqual({
      output_format: 'png',
      prompt: [
        'Picture 1 is the subject: keep who or what it shows recognisable. Follow it closely.\nPicture 2 gives the style: take its technique, texture and way of drawing, not what it shows. Follow it closely.',
        prompt,
      ].join('\n\n'),
      image_urls: [uri(1), uri(2)],
      image_size: { width: 1024, height: 768 },
      seed: 7,
      enable_safety_checker: true,
      safety_tolerance: '2',
    })
  })

  test(`[P50][P49] golden request of a 3D model: the picture and settings, no words${needsContracts}`, async () => {
    await submit(model3d())
    expect(fal.seen[0]!.path).toBe('/tripo3d/tripo/v2.5/image-to-3d')
    expect(jsonOf(fal.seen[0]!)).toEqual({
      image_url: `data:image/png;base64,${png(3).toString('base64')}`,
      face_limit: 200_000,
      quad: false,
      texture: 'standard',
      pbr: true,
    })
  })

  test.each(catalogue.all().map(({ id }) => id))(
    `the catalogue's %s is what its endpoint takes${needsContracts}`,
    async id => {
      const entry = catalogue.find(id)!
      expect(provider.wrongParameters?.(entry.kind, entry.parameters)).toBeNull()
      const { pictures, options } = entry
      const { countField } = entry.parameters as { countField?: string | null }
      expect(options.maxCount > 1).toBe(typeof countField === 'string')
      const many = Array.from({ length: pictures.max }, () => source('free'))
      const calls: ProviderRequest[] =
        entry.kind === 'model3d'
          ? [...(options.qualities.length ? options.qualities : [null])].map(quality => model3d(id, quality))
          : [many.slice(0, pictures.min), many].map(sources => image({ sources, count: options.maxCount }, id))
      for (const call of calls) {
        const ticket = await submit(call)
        for (const job of fal.jobs.values()) job.state = 'COMPLETED'
        const answer = await result(ticket)
        expect(answer).toMatchObject({
          kind: 'files',
          files: { length: entry.kind === 'image' ? options.maxCount : 1 },
        })
      }
      expect(fal.violations).toEqual([])
    },
  )

  test('[R29] a qualities table names what the catalogue offers', () => {
    for (const { options, parameters } of catalogue.all())
      expect(Object.keys(parameters.qualities as object)).toEqual(options.qualities)
  })

  test('where it may tell that it is done, and nothing when nowhere', async () => {
    await submit(image(), control(), 'https://mimicit.example/v1/callbacks/fal/job-1')
    expect(fal.job().webhook).toBe('https://mimicit.example/v1/callbacks/fal/job-1')
  })

  test('a key in the environment is nobody else’s: the one of the settings is used', async () => {
    vi.stubEnv('FAL_KEY', 'another')
    await submit()
    vi.unstubAllEnvs()
    expect(fal.seen[0]!.headers.authorization).toBe(`Key ${key}`)
  })

  test.skipIf(needsContracts)('the contract is no formality: a wrong value is told', async () => {
    await submit(image({ parameters: { ...image().parameters, safety: { safety_tolerance: '9' } } }))
    expect(fal.violations.splice(0).join()).toContain('safety_tolerance')
  })

  test('[P48] a host that is not on the list is not reached', async () => {
    const elsewhere = createFalProvider({
      key,
      queueUrl: 'https://queue.example.test',
      apiUrl: fal.url,
      egress,
      now: clock.now,
    })
    expect(await fault(elsewhere.submit(image(), { ...control(), callback: null }))).toEqual({ kind: 'bad_answer' })
    expect(fal.seen).toEqual([])
  })
})

describe('from the queue to the files', () => {
  test('waits, runs, is done; the ticket alone is enough after a restart', async () => {
    const ticket = await submit(image({ count: 2 }, 'flux-2-dev'))
    expect(await provider.status(ticket, signal)).toEqual({ state: 'waiting', progress: null })
    fal.job().state = 'IN_PROGRESS'
    expect(await provider.status(ticket, signal)).toEqual({ state: 'running', progress: null })
    fal.job().state = 'COMPLETED'
    expect(await provider.status(ticket, signal)).toEqual({ state: 'completed' })
    const given = control()
    const answer = await connect().result(ticket, given)
    expect(answer).toEqual({ kind: 'files', files: [png(0), png(1)], usage: { microUsd: null } })
    expect(given.admit).toHaveBeenCalled()
    // Two segments of the endpoint stand for its jobs.
    expect(requests('GET')[0]!.path).toBe(`/fal-ai/flux-2/requests/${fal.job().id}/status?logs=0`)
  })

  test('a GLB with its picture; without the picture, the GLB', async () => {
    const { ticket, job } = await finished(model3d())
    expect(await result(ticket)).toMatchObject({ files: [glb()], preview: png(9) })
    job.output = {
      model_mesh: { url: fal.host('a.glb', glb(), 'model/gltf-binary') },
      rendered_image: { url: `${fal.url}/media/gone` },
    }
    expect(await result(ticket)).toEqual({ kind: 'files', files: [glb()], usage: { microUsd: null } })
  })

  test('a model that names its GLB elsewhere is found by its path', async () => {
    const hunyuan: Model3dRequest = {
      kind: 'model3d',
      endpoint: 'fal-ai/hunyuan-3d/v3.1/rapid/image-to-3d',
      parameters: {
        inputImageField: 'input_image_url',
        outputPaths: ['model_urls.glb', 'model_glb'],
        previewPath: 'thumbnail',
        qualities: {},
        fixed: { enable_pbr: false },
      },
      source: source(),
      quality: null,
    }
    const { ticket } = await finished(hunyuan)
    expect(await result(ticket)).toMatchObject({ files: [glb()], preview: png(9) })
  })

  test('what fal keeps is deleted; deleted already is as good', async () => {
    const { ticket, job } = await finished()
    await provider.forget(ticket, signal)
    expect(fal.deleted).toEqual([job.id])
    fal.play(faults.answers(404, { error: { type: 'not_found' } }))
    await provider.forget(ticket, signal)
    fal.play(faults.answers(403, { error: { type: 'authorization_error' } }))
    expect(await fault(provider.forget(ticket, signal))).toEqual({ kind: 'account', of: 'credentials' })
  })

  test('cancelled in the queue is a promise; while it runs or after, it is none', async () => {
    const ticket = await submit()
    const { id } = fal.job()
    expect(await provider.cancel(ticket, signal)).toBe(true)
    expect(requests('PUT').map(({ path }) => path)).toEqual([`/fal-ai/flux-2-pro/requests/${id}/cancel`])
    fal.job().state = 'IN_PROGRESS'
    expect(await provider.cancel(ticket, signal)).toBe(false)
    fal.job().state = 'COMPLETED'
    expect(await provider.cancel(ticket, signal)).toBe(false)
    fal.jobs.clear()
    expect(await provider.cancel(ticket, signal)).toBe(false)
    fal.play(faults.html)
    expect(await provider.cancel(ticket, signal)).toBe(false)
    fal.play(faults.answers(503, ''))
    expect(await fault(provider.cancel(ticket, signal))).toEqual({ kind: 'unknown_outcome' })
  })

  test('the answer to a submit is lost: the webhook tells the id, and the picture comes', async () => {
    const request = image()
    fal.loseAnswers()
    expect(await fault(submit(request, control(), 'https://mimicit.example/cb'))).toEqual({ kind: 'unknown_outcome' })
    expect(requests('POST')).toHaveLength(1)
    fal.job().state = 'COMPLETED'
    const check = createWebhookCheck({ restUrl: fal.url, egress, now: clock.now })
    const news = await check(fal.webhookOf(fal.job().id))
    const { kind, endpoint, parameters, count } = request
    const ticket = provider.ticketOf!({ kind, endpoint, parameters, count }, news!.requestId)
    expect(await result(ticket)).toMatchObject({ files: [png(0)] })
    expect(requests('POST')).toHaveLength(1)
  })
})

const detail = (type: string) => ({ detail: [{ loc: ['body', 'prompt'], msg: prompt, type, url: 'https://docs' }] })
const policy = faults.answers(422, detail('content_policy_violation'))
const limited = (retryAfterMs: number | null): MakerFault => ({ kind: 'rate_limited', retryAfterMs })
const unknown: MakerFault = { kind: 'unknown_outcome' }
const bad: MakerFault = { kind: 'bad_answer' }

describe('a submit leaves once, whatever comes back', () => {
  test.each<[string, Fault, MakerFault]>([
    ['[C51] reset before headers', faults.resetBeforeHeaders, unknown],
    ['[C51] reset after headers', faults.resetAfterHeaders, unknown],
    ['[C51] a cut body', faults.cutBody, unknown],
    ['[C51] 500', faults.answers(500, { detail: 'Internal Server Error' }), unknown],
    ['[C51] 502', faults.answers(502, ''), unknown],
    ['[C51] 503', faults.answers(503, ''), unknown],
    ['[C51] 504', faults.answers(504, detail('generation_timeout')), unknown],
    ['[C51] 408', faults.answers(408, ''), unknown],
    ['[C51] 429 without a time', faults.answers(429, ''), limited(null)],
    ['[C51] 429 with seconds', faults.answers(429, '', { 'retry-after': '20' }), limited(20_000)],
    [
      '[C51] 429 with a date',
      faults.answers(429, '', { 'retry-after': new Date(started + 5000).toUTCString() }),
      limited(5000),
    ],
    ['[C51] 429 with an absurd time', faults.answers(429, '', { 'retry-after': '9'.repeat(30) }), limited(3_600_000)],
    ['[C53] 422 for its policy', policy, { kind: 'blocked', stage: 'input', reason: 'other' }],
    [
      '[C53] 400 for its policy',
      faults.answers(400, { detail: { error: 'content_policy_violation', message: prompt } }),
      { kind: 'blocked', stage: 'input', reason: 'other' },
    ],
    ['422', faults.answers(422, detail('image_too_large')), { kind: 'rejected_input' }],
    ['422 in words', faults.answers(422, { detail: prompt }), { kind: 'rejected_input' }],
    ['400', faults.answers(400, ''), { kind: 'rejected_input' }],
    ['413', faults.answers(413, ''), { kind: 'rejected_input' }],
    ['401', faults.answers(401, { detail: 'Cannot access application' }), { kind: 'account', of: 'credentials' }],
    ['402', faults.answers(402, ''), { kind: 'account', of: 'quota' }],
    ['403', faults.answers(403, { detail: 'Forbidden' }), { kind: 'account', of: 'credentials' }],
    [
      '403 of an empty account',
      faults.answers(403, { detail: 'User is locked. Reason: Exhausted balance.' }),
      { kind: 'account', of: 'quota' },
    ],
    ['404', faults.answers(404, { detail: 'Application not found' }), { kind: 'retired_model' }],
    ['[C47] 200 with HTML', faults.html, unknown],
    ['[C47] 200 without an id', faults.answers(200, { status: 'IN_QUEUE' }), unknown],
    ['[C47] an id that is a path', faults.answers(200, { request_id: '../../billing' }), unknown],
    ['[C48] 500 MB', faults.huge(500 * 1024 * 1024), bad],
    ['[C48] 500 MB, said before', faults.huge(500 * 1024 * 1024, { declared: true }), bad],
    ['[C49] a redirect inside', faults.redirects(), bad],
    ['[C52] key and prompt in the error', faults.echoes(400), { kind: 'rejected_input' }],
    ['[C52] key and prompt in a 500', faults.echoes(500), unknown],
  ])('%s', async (_what, fault_, expected) => {
    fal.play(fault_)
    expect(await fault(submit())).toEqual(expected)
    expect(fal.seen).toHaveLength(1)
  })

  test.each([
    ['[C51] hang', faults.hang],
    ['[C48] a slow drip', faults.drip],
  ])('%s: ends with the deadline, its outcome unknown', async (_what, fault_) => {
    fal.play(fault_)
    const given = control()
    const answer = fault(submit(image(), given))
    await until(() => fal.seen.length === 1)
    given.stop.abort()
    expect(await answer).toEqual(unknown)
    expect(fal.seen).toHaveLength(1)
  })

  test('[C51] nobody there: no byte has left', async () => {
    await fal.close()
    expect(await fault(submit())).toEqual({ kind: 'not_sent' })
  })

  test('a picture is not read: fal has no such request', async () => {
    const reading: ProviderRequest = { kind: 'reading', endpoint: 'x/y', parameters: {}, source: source() }
    expect(await fault(submit(reading))).toEqual({ kind: 'rejected_input' })
    expect(fal.seen).toEqual([])
  })
})

describe('asking is no verdict unless fal gives one, and one question is one request', () => {
  test.each<[string, Fault, MakerFault]>([
    ['[C51] reset', faults.resetBeforeHeaders, unknown],
    ['[C51] a cut body', faults.cutBody, unknown],
    ['[C51] 500', faults.answers(500, ''), unknown],
    ['[C51] 429', faults.answers(429, '', { 'retry-after': '3' }), limited(3000)],
    ['[C47] HTML', faults.html, unknown],
    ['[C47] a state nobody knows', faults.answers(200, { status: 'PONDERING' }), unknown],
    ['the job is gone', faults.answers(404, { detail: 'Request not found' }), bad],
    ['[C49] a redirect inside', faults.redirects(), bad],
    ['[C52] key in the error', faults.echoes(500), unknown],
  ])('status: %s', async (_what, fault_, expected) => {
    const ticket = await submit()
    fal.play(fault_)
    expect(await fault(provider.status(ticket, signal))).toEqual(expected)
    expect(requests('GET')).toHaveLength(1)
  })

  test.each<[string, FalJob['failure'], MakerFault]>([
    [
      '[C53] policy',
      { status: 422, body: detail('content_policy_violation') },
      { kind: 'blocked', stage: 'input', reason: 'other' },
    ],
    ['refused input', { status: 422, body: detail('image_too_small') }, { kind: 'rejected_input' }],
    ['nothing came out', { status: 422, body: detail('no_media_generated') }, { kind: 'no_picture' }],
    ["the model's own failure", { status: 500, body: detail('internal_server_error') }, { kind: 'no_picture' }],
    [
      'a runner lost',
      { status: 503, body: '', headers: { 'x-fal-error-type': 'runner_disconnected' } },
      { kind: 'no_picture' },
    ],
    ["fal's door", { status: 502, body: 'Bad gateway' }, unknown],
    ['gone', { status: 404, body: { detail: 'Not found' } }, bad],
  ])('completed is not success: %s', async (_what, failure, expected) => {
    const { ticket } = await finished(image(), { failure })
    expect(await provider.status(ticket, signal)).toEqual({ state: 'completed' })
    expect(await fault(result(ticket))).toEqual(expected)
    expect(requests('GET')).toHaveLength(2)
  })

  test.each<[string, Fault, MakerFault]>([
    ['[C47] HTML', faults.html, bad],
    ['[C51] reset', faults.resetAfterHeaders, unknown],
    ['[C48] 500 MB', faults.huge(500 * 1024 * 1024), bad],
    ['[C49] a redirect inside', faults.redirects(), bad],
    ['[C47] no pictures in it', faults.answers(200, { images: [] }), { kind: 'no_picture' }],
    ['[C47] nothing in it', faults.answers(200, {}), bad],
    ['[C47] pictures without addresses', faults.answers(200, { images: [{}, null, 5] }), bad],
  ])('result: %s', async (_what, fault_, expected) => {
    const { ticket } = await finished()
    fal.play(fault_)
    expect(await fault(result(ticket))).toEqual(expected)
    expect(requests('GET')).toHaveLength(1)
  })
})

describe('the files of a result', () => {
  const picture = (name: string, bytes = png(), type = 'image/png') => ({ url: fal.host(name, bytes, type) })

  test('[C53] what fal itself calls indecent is blocked at the output; the rest is given', async () => {
    const { ticket, job } = await finished(image({ count: 2 }, 'flux-2-dev'))
    const images = [picture('a', png(1)), picture('b', png(2))]
    job.output = { images, has_nsfw_concepts: [true, false] }
    expect(await result(ticket)).toMatchObject({ files: [png(2)] })
    job.output = { images, has_nsfw_concepts: [true, true] }
    expect(await fault(result(ticket))).toEqual({ kind: 'blocked', stage: 'output', reason: 'sexual' })
  })

  test('[C47] two pictures for one: the first', async () => {
    const { ticket, job } = await finished()
    job.output = { images: [picture('a', png(1)), picture('b', png(2))] }
    expect(await result(ticket)).toMatchObject({ files: [png(1)] })
  })

  test('one of two is gone: the other is given', async () => {
    const { ticket, job } = await finished(image({ count: 2 }, 'flux-2-dev'))
    job.output = { images: [{ url: `${fal.url}/media/gone` }, picture('b', png(2))] }
    expect(await result(ticket)).toMatchObject({ files: [png(2)] })
  })

  test.each<[string, () => object, MakerFault]>([
    ['[C50] HTML called PNG', () => picture('a', Buffer.from('<html>'), 'image/png'), bad],
    ['[C50] SVG called PNG', () => picture('a', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')), bad],
    ['gone', () => ({ url: `${fal.url}/media/gone` }), bad],
    ['[C49] a cloud service', () => ({ url: 'http://169.254.169.254/latest/meta-data/' }), bad],
    ['[C49] this machine', () => ({ url: 'http://127.0.0.1:1/a.png' }), bad],
    ['[C49] another host', () => ({ url: 'https://files.example.test/a.png' }), bad],
    ['[C49] a look-alike', () => ({ url: 'https://v3.fal.media.example.test/a.png' }), bad],
    ['[C49] user info', () => ({ url: fal.host('a', png(), 'image/png').replace('//', '//fal@') }), bad],
    ['[C49] a file here', () => ({ url: 'file:///etc/passwd' }), bad],
    ['data inside', () => ({ url: `data:image/png;base64,${png().toString('base64')}` }), bad],
    ['no address', () => ({ url: 'picture' }), bad],
  ])('%s', async (_what, place, expected) => {
    const { ticket, job } = await finished()
    job.output = { images: [place()] }
    expect(await fault(result(ticket))).toEqual(expected)
  })

  test.each<[string, Fault, MakerFault]>([
    ['[C49] a redirect inside', faults.redirects(), bad],
    ['[C48] 500 MB', faults.huge(500 * 1024 * 1024), bad],
    ['[C51] reset', faults.resetBeforeHeaders, unknown],
    ['[C51] cut', faults.cutBody, unknown],
    ['[C51] 503: to be asked for again', faults.answers(503, ''), unknown],
    ['403', faults.answers(403, 'Expired'), bad],
  ])('a file that does not come: %s', async (_what, fault_, expected) => {
    const { ticket } = await finished()
    fal.playOnFiles(fault_)
    expect(await fault(result(ticket))).toEqual(expected)
    fal.playOnFiles(null)
    if (expected.kind === 'unknown_outcome') expect(await result(ticket)).toMatchObject({ files: [png(0)] })
  })

  test.each([
    ['HTML', () => Buffer.from('<!doctype html>')],
    ['a picture', () => png()],
    ['one that is cut', () => glb().subarray(0, -1)],
    ['version 1', () => Buffer.concat([Buffer.from('glTF\x01\0\0\0', 'latin1'), glb().subarray(8)])],
  ])('[C50] a GLB that is %s is refused', async (_what, bytes) => {
    const { ticket, job } = await finished(model3d())
    job.output = { model_mesh: { url: fal.host('a.glb', bytes(), 'model/gltf-binary') } }
    expect(await fault(result(ticket))).toEqual(bad)
    job.output = { task_id: 'none' }
    expect(await fault(result(ticket))).toEqual(bad)
  })
})

test('parameters are checked at start', () => {
  const wrong = (kind: ProviderRequest['kind'], parameters: object) =>
    provider.wrongParameters?.(kind, parameters as Readonly<Record<string, unknown>>)
  expect(wrong('image', {})).not.toBeNull()
  expect(wrong('image', { ...image().parameters, safety: {} })).toMatch(/safety/)
  expect(wrong('image', { ...image().parameters, sise: 1 })).not.toBeNull()
  expect(wrong('model3d', { ...model3d().parameters, outputPaths: [] })).toMatch(/outputPaths/)
  expect(wrong('reading', {})).toBe('fal does not read pictures')
})

test('a ticket that is none is refused before anything is sent', async () => {
  expect(() => provider.ticketOf!(image(), '../x')).toThrow(TypeError)
  for (const ticket of ['', '{}', '{"endpoint":"a/b","requestId":"../x","images":1}'])
    await expect(provider.status(ticket, signal)).rejects.toThrow()
  expect(fal.seen).toEqual([])
})
