import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createRegistry, readEntries } from '../../models/registry.ts'
import { type Clock, createClock } from '../../test/clock.ts'
import { needsContracts } from '../../test/fakes/contracts.ts'
import { faultOf } from '../../test/fakes/fault-of.ts'
import * as faults from '../../test/fakes/faults.ts'
import { glb, png } from '../../test/fakes/files.ts'
import { type Fault, jsonOf } from '../../test/fakes/server.ts'
import { type FakeTripo, startFakeTripo, type TripoTask } from '../../test/fakes/tripo.ts'
import { until } from '../../test/until.ts'
import { createEgress, type Egress } from '../egress/egress.ts'
import type { MakerFault } from '../maker-error.ts'
import type { Model3dRequest, ProviderRequest, QueueProvider } from '../provider.ts'
import { createTripoProvider } from './index.ts'

const key = 'tsk_our-own-secret'
const started = Date.UTC(2026, 10, 21)
const catalogue = createRegistry(readEntries(new URL('../../models/catalogue/tripo.json', import.meta.url)))
const models = catalogue.all().map(({ endpoint }) => endpoint)

let clock: Clock
let tripo: FakeTripo
let egress: Egress
let provider: QueueProvider

beforeEach(async () => {
  clock = createClock(started)
  tripo = await startFakeTripo({ key, now: clock.now, models })
  egress = createEgress({ hosts: [{ base: tripo.url }] })
  provider = connect()
})
afterEach(async () => {
  await Promise.all([provider.close(), tripo.close()])
  expect(tripo.violations).toEqual([])
})

const connect = (change: { key?: string; baseUrl?: string } = {}) =>
  createTripoProvider({ key, baseUrl: tripo.baseUrl, egress, now: clock.now, ...change })

const source = { bytes: png(3), mime: 'image/png', width: 1, height: 1, role: 'subject', weight: 100 } as const

function request(id = 'tripo-3.1', quality: string | null = 'textured'): Model3dRequest {
  const { endpoint, parameters } = catalogue.find(id)!
  return { kind: 'model3d', endpoint, parameters, source, quality }
}

const control = () => {
  const stop = new AbortController()
  return { stop, signal: stop.signal, onProgress: vi.fn(), admit: vi.fn(async () => {}) }
}
const { signal } = control()

const submit = (wanted: ProviderRequest = request(), given = control()) =>
  provider.submit(wanted, { ...given, callback: null })

async function finished(change: Partial<TripoTask> = {}) {
  const ticket = await submit()
  Object.assign(tripo.task(), { status: 'success', progress: 100 }, change)
  return ticket
}

const result = (ticket: string, given = control()) => provider.result(ticket, given)
const fault = (answer: Promise<unknown>) => faultOf(answer, [key, 'our-own', 'No.'])
const seen = (path: string) => tripo.seen.filter(one => one.path.startsWith(path))

const unknown: MakerFault = { kind: 'unknown_outcome' }
const bad: MakerFault = { kind: 'bad_answer' }
const blocked: MakerFault = { kind: 'blocked', stage: 'input', reason: 'other' }
const limited = (retryAfterMs: number | null): MakerFault => ({ kind: 'rate_limited', retryAfterMs })
const envelope = (code: number, status = 200, headers = {}) =>
  faults.answers(status, { code, message: 'No.', suggestion: 'Another time.' }, headers)

describe('what is sent', () => {
  test(`[P49][P50] golden requests: the picture, then its settings; no words, nothing about the person${needsContracts}`, async () => {
    await submit()
    expect(tripo.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v3/files',
      'POST /v3/generation/image-to-model',
    ])
    const [upload, creation] = tripo.seen
    const type = upload!.headers['content-type']!
    const boundary = type.slice('multipart/form-data; boundary='.length)
    const part = [
      `--${boundary}`,
      'Content-Disposition: form-data; name="file"; filename="picture.png"',
      'Content-Type: image/png',
      '',
      png(3).toString('latin1'),
      `--${boundary}--`,
    ].join('\r\n')
    expect(upload!.body.toString('latin1').trimEnd()).toBe(part)
    const host = new URL(tripo.url).host
    const headers = { 'accept-encoding': 'identity', authorization: `Bearer ${key}`, connection: 'close', host }
    expect(upload!.headers).toEqual({
      ...headers,
      'content-type': type,
      'content-length': String(upload!.body.length),
    })
    expect(creation!.headers).toEqual({
      ...headers,
      'content-type': 'application/json',
      'content-length': String(creation!.body.length),
    })
    expect(jsonOf(creation!)).toEqual({
      input: 'file-1',
      model: 'v3.1-20260211',
      face_limit: 200_000,
      texture: true,
      pbr: true,
    })
  })

  test.each(catalogue.all().flatMap(({ id, options }) => options.qualities.map(quality => [id, quality] as const)))(
    `the catalogue's %s, %s, is what Tripo3D takes${needsContracts}`,
    async (id, quality) => {
      const { parameters, kind, options } = catalogue.find(id)!
      expect(provider.wrongParameters?.(kind, parameters)).toBeNull()
      expect(Object.keys(parameters.qualities as object)).toEqual(options.qualities)
      await submit(request(id, quality))
      expect(tripo.task().input).toMatchObject({ texture: quality === 'textured' })
    },
  )

  test.skipIf(needsContracts)('the contract is no formality: a wrong value is told', async () => {
    await submit({ ...request(), parameters: { qualities: {}, fixed: { texture_quality: 'best' } } })
    expect(tripo.violations.splice(0).join()).toContain('texture_quality')
  })

  test('a quality nobody knows adds nothing', async () => {
    await submit(request('tripo-3.1', 'toString'))
    expect(tripo.task().input).toEqual({ input: 'file-1', model: 'v3.1-20260211', face_limit: 200_000 })
  })

  test('[P50] nothing but pictures for 3D is taken', async () => {
    const reading: ProviderRequest = { kind: 'reading', endpoint: 'v3', parameters: {}, source }
    expect(await fault(submit(reading))).toEqual({ kind: 'rejected_input' })
    expect(tripo.seen).toEqual([])
  })

  test('[P48] a host that is not on the list is not reached', async () => {
    const elsewhere = connect({ baseUrl: 'https://tripo.example.test/v3' })
    expect(await fault(elsewhere.status('task-1', signal))).toEqual(bad)
    expect(tripo.seen).toEqual([])
  })
})

describe('from the task to the files', () => {
  test('waits, runs, is done; the ticket alone is enough after a restart', async () => {
    const ticket = await submit()
    expect(await provider.status(ticket, signal)).toEqual({ state: 'waiting', progress: null })
    Object.assign(tripo.task(), { status: 'running', progress: 40 })
    expect(await provider.status(ticket, signal)).toEqual({ state: 'running', progress: 0.4 })
    Object.assign(tripo.task(), { status: 'success', progress: 100 })
    expect(await provider.status(ticket, signal)).toEqual({ state: 'completed' })
    const given = control()
    const answer = await connect().result(ticket, given)
    expect(answer).toEqual({ kind: 'files', files: [glb()], preview: png(9), usage: { microUsd: 300_000 } })
    expect(given.admit).toHaveBeenCalled()
    expect(seen('/v3/generation')).toHaveLength(1)
  })

  test.each([
    [-5, 0],
    [Number.NaN, null],
    ['30', null],
    [undefined, null],
  ])('[C47] credits used: %s', async (creditsConsumed, microUsd) => {
    const ticket = await finished()
    const { output } = (await askTask(ticket)) as { output: object }
    tripo.play(
      faults.answers(200, { code: 0, data: { status: 'success', output, credits_consumed: creditsConsumed } }),
      1,
    )
    expect(await result(ticket)).toMatchObject({ usage: { microUsd } })
  })

  async function askTask(ticket: string): Promise<unknown> {
    const response = await fetch(`${tripo.baseUrl}/tasks/${ticket}`, { headers: { authorization: `Bearer ${key}` } })
    return ((await response.json()) as { data: unknown }).data
  }

  test('a link that is five minutes old is asked for again, and the new one holds', async () => {
    const ticket = await finished()
    tripo.ageNextLinks(5 * 60_000)
    expect(await result(ticket)).toMatchObject({ files: [glb()], preview: png(9) })
    expect(seen('/v3/tasks/')).toHaveLength(2)
    expect(seen('/v3/generation')).toHaveLength(1)
  })

  test('a link that has expired and is given again: the model is lost', async () => {
    tripo.keepLinks()
    const ticket = await finished()
    await result(ticket)
    clock.advance(5 * 60_000 - 1)
    expect(await result(ticket)).toMatchObject({ files: [glb()] })
    clock.advance(1)
    expect(await fault(result(ticket))).toEqual(bad)
  })

  test.each<[TripoTask['status'], MakerFault]>([
    ['banned', blocked],
    ['failed', { kind: 'no_picture' }],
    ['cancelled', { kind: 'no_picture' }],
    ['expired', bad],
  ])('[C53] a task that is %s is over, and says why', async (status, expected) => {
    const ticket = await finished({ status })
    expect(await provider.status(ticket, signal)).toEqual({ state: 'completed' })
    expect(await fault(result(ticket))).toEqual(expected)
  })

  test('[C53] a task that failed for the content policy is blocked', async () => {
    expect(await fault(result(await finished({ status: 'failed', errorCode: 2008 })))).toEqual(blocked)
  })

  test('a task of unknown state is asked for again', async () => {
    const ticket = await finished({ status: 'unknown' })
    expect(await fault(provider.status(ticket, signal))).toEqual(unknown)
    expect(await fault(result(ticket))).toEqual(unknown)
  })

  test('nothing can be taken back or deleted there, and nothing says it was', async () => {
    const ticket = await submit()
    const before = tripo.seen.length
    expect(await provider.cancel(ticket, signal)).toBe(false)
    await provider.forget(ticket, signal)
    expect(tripo.seen).toHaveLength(before)
  })
})

describe('the paid request leaves once, whatever comes back', () => {
  const cases: [string, Fault, MakerFault][] = [
    ['[C51] reset before headers', faults.resetBeforeHeaders, unknown],
    ['[C51] reset after headers', faults.resetAfterHeaders, unknown],
    ['[C51] a cut body', faults.cutBody, unknown],
    ['[C51] 500', envelope(1000, 500), unknown],
    ['[C51] 503', faults.answers(503, ''), unknown],
    ['[C51] 408', faults.answers(408, ''), unknown],
    ['[C51] 200 with a failure of the server', envelope(1001), unknown],
    ['[C51] 429', faults.answers(429, ''), limited(null)],
    ['[C51] 429 with seconds', envelope(1007, 429, { 'retry-after': '20' }), limited(20_000)],
    [
      '[C51] 429 with a date',
      envelope(1007, 429, { 'retry-after': new Date(started + 5000).toUTCString() }),
      limited(5000),
    ],
    ['[C51] 429 with an absurd time', envelope(2000, 429, { 'retry-after': '9'.repeat(30) }), limited(3_600_000)],
    ['[C51] 200 with too many tasks', envelope(2000), limited(null)],
    ['[C53] 200 with its policy', envelope(2008), blocked],
    ['[C53] 400 with its policy', envelope(2008, 400), blocked],
    ['200 with wrong parameters', envelope(1004), { kind: 'rejected_input' }],
    ['400', envelope(2004, 400), { kind: 'rejected_input' }],
    ['200 with a retired model', envelope(2015), { kind: 'retired_model' }],
    ['404', faults.answers(404, ''), { kind: 'retired_model' }],
    ['403 without credit', envelope(2010, 403), { kind: 'account', of: 'quota' }],
    ['200 without credit', envelope(2010), { kind: 'account', of: 'quota' }],
    ['401', envelope(1002, 401), { kind: 'account', of: 'credentials' }],
    ['403', envelope(1005, 403), { kind: 'account', of: 'credentials' }],
    ['[C47] HTML', faults.html, unknown],
    ['[C47] an empty envelope', faults.answers(200, {}), unknown],
    ['[C47] no id', faults.answers(200, { code: 0, data: {} }), unknown],
    ['[C47] an id that is a path', faults.answers(200, { code: 0, data: { task_id: '../account' } }), unknown],
    ['[C48] 500 MB', faults.huge(500 * 1024 * 1024), bad],
    ['[C49] a redirect inside', faults.redirects(), bad],
    ['[C52] key in the error', faults.echoes(400), { kind: 'rejected_input' }],
    ['[C52] key in a 500', faults.echoes(500), unknown],
  ]

  test.each(cases)('%s', async (_what, fault_, expected) => {
    tripo.playOnCreation(fault_)
    expect(await fault(submit())).toEqual(expected)
    expect(seen('/v3/generation')).toHaveLength(1)
    expect(seen('/v3/files')).toHaveLength(1)
  })

  test.each([
    ['[C51] hang', faults.hang],
    ['[C48] a slow drip', faults.drip],
  ])('%s: ends with the deadline, its outcome unknown', async (_what, fault_) => {
    tripo.playOnCreation(fault_)
    const given = control()
    const answer = fault(submit(request(), given))
    await until(() => seen('/v3/generation').length === 1)
    given.stop.abort()
    expect(await answer).toEqual(unknown)
    expect(seen('/v3/generation')).toHaveLength(1)
  })

  test('the answer is lost: the task is paid for, and never made a second time', async () => {
    tripo.loseAnswers()
    expect(await fault(submit())).toEqual(unknown)
    expect(tripo.tasks.size).toBe(1)
    expect(seen('/v3/generation')).toHaveLength(1)
  })

  test.each<[string, Fault, MakerFault]>([
    ['[C51] reset', faults.resetBeforeHeaders, { kind: 'not_sent' }],
    ['[C51] 500', envelope(1000, 500), { kind: 'not_sent' }],
    ['[C47] HTML', faults.html, { kind: 'not_sent' }],
    ['[C47] no token', faults.answers(200, { code: 0, data: {} }), { kind: 'not_sent' }],
    ['[C49] a redirect inside', faults.redirects(), { kind: 'not_sent' }],
    ['[C51] 429', envelope(1007, 429), limited(null)],
    ['401', envelope(1002, 401), { kind: 'account', of: 'credentials' }],
    ['400', envelope(2004, 400), { kind: 'rejected_input' }],
    ['[C53] policy', envelope(2008, 400), blocked],
  ])('an upload that fails has cost nothing: %s', async (_what, fault_, expected) => {
    tripo.play(fault_)
    expect(await fault(submit())).toEqual(expected)
    expect(tripo.seen.map(({ path }) => path)).toEqual(['/v3/files'])
  })

  test('[C51] nobody there: no byte has left', async () => {
    await tripo.close()
    expect(await fault(submit())).toEqual({ kind: 'not_sent' })
  })
})

describe('asking is no verdict unless Tripo3D gives one', () => {
  test.each<[string, Fault, MakerFault]>([
    ['[C51] reset', faults.resetBeforeHeaders, unknown],
    ['[C51] 500', envelope(1000, 500), unknown],
    ['[C51] 429', envelope(1007, 429, { 'retry-after': '3' }), limited(3000)],
    ['[C47] HTML', faults.html, unknown],
    ['[C47] a task without a state', faults.answers(200, { code: 0, data: {} }), unknown],
    ['the task is gone', envelope(2001, 404), bad],
    ['the task is gone, with 200', envelope(2001), bad],
    ['[C52] key in the error', faults.echoes(500), unknown],
  ])('%s', async (_what, fault_, expected) => {
    const ticket = await finished()
    tripo.play(fault_)
    expect(await fault(provider.status(ticket, signal))).toEqual(expected)
    expect(await fault(result(ticket))).toEqual(expected)
    expect(seen('/v3/tasks/')).toHaveLength(2)
  })
})

describe('the file of a result', () => {
  test.each<[string, Partial<TripoTask>]>([
    ['[C50] HTML', { model: Buffer.from('<!doctype html>') }],
    ['[C50] an FBX', { model: Buffer.from('Kaydara FBX Binary  \0') }],
    ['[C49] at a cloud service', { modelUrl: 'http://169.254.169.254/latest/meta-data/' }],
    ['[C49] on this machine', { modelUrl: 'http://127.0.0.1:1/model.glb' }],
    ['[C49] on another host', { modelUrl: 'https://files.example.test/model.glb' }],
    ['[C49] in a file here', { modelUrl: 'file:///etc/passwd' }],
    ['no address', { modelUrl: 'model.glb' }],
  ])('a GLB that is %s is refused', async (_what, change) => {
    expect(await fault(result(await finished(change)))).toEqual(bad)
  })

  test.each<[string, Fault, MakerFault]>([
    ['[C49] a redirect inside', faults.redirects(), bad],
    ['[C48] 500 MB', faults.huge(500 * 1024 * 1024), bad],
    ['[C51] reset', faults.resetBeforeHeaders, unknown],
    ['[C51] 503', faults.answers(503, ''), unknown],
  ])('one that does not come: %s', async (_what, fault_, expected) => {
    const ticket = await finished()
    tripo.playOnFiles(fault_)
    expect(await fault(result(ticket))).toEqual(expected)
  })

  test('a success without a model is none', async () => {
    expect(await fault(result(await finished({ modelUrl: '' })))).toEqual({ kind: 'no_picture' })
  })
})

test('parameters are checked at start; quad is not offered, as it gives no GLB', () => {
  const wrong = (kind: ProviderRequest['kind'], parameters: object) =>
    provider.wrongParameters?.(kind, parameters as Readonly<Record<string, unknown>>)
  expect(wrong('model3d', { qualities: {}, fixed: { quad: true } })).toMatch(/fixed/)
  expect(wrong('model3d', {})).not.toBeNull()
  expect(wrong('image', request().parameters)).toBe('Tripo3D makes 3D models only')
})

test('a ticket that is none is refused before anything is sent', async () => {
  await expect(provider.status('../account', signal)).rejects.toThrow(TypeError)
  expect(tripo.seen).toEqual([])
})
