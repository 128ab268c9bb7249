import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { needsContracts } from '../../test/fakes/contracts.ts'
import { bad, unknown } from '../../test/fakes/fault-of.ts'
import * as faults from '../../test/fakes/faults.ts'
import { glb, png } from '../../test/fakes/files.ts'
import { jsonOf } from '../../test/fakes/server.ts'
import type { ProviderRequest } from '../provider.ts'
import type { ProviderFault } from '../provider-error.ts'
import { control } from '../test/requests.ts'
import { tripo as descriptor } from './index.ts'
import type { TripoTask } from './test/fake.ts'
import { catalogue, type Fixture, fault, key, openFixture, request, source } from './test/fixture.ts'

const { signal } = control()

const blocked: ProviderFault = { kind: 'blocked', stage: 'input', reason: 'other' }
let fixture: Fixture
let tripo: Fixture['tripo']
let provider: Fixture['provider']

beforeEach(async () => {
  fixture = await openFixture()
  tripo = fixture.tripo
  provider = fixture.provider
})
afterEach(() => fixture.close())

describe('what is sent', () => {
  test(`[P50] golden requests: the picture, then its settings; no words, nothing about the person${needsContracts}`, async () => {
    await fixture.submit()
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
      expect(descriptor.wrongParameters(kind, parameters)).toBeNull()
      expect(Object.keys(parameters.qualities as object)).toEqual(options.qualities)
      await fixture.submit(request(id, quality))
      expect(tripo.task().input).toMatchObject({ texture: quality === 'textured' })
    },
  )

  test.skipIf(needsContracts)('the contract is no formality: a wrong value is told', async () => {
    await fixture.submit({ ...request(), parameters: { qualities: {}, fixed: { texture_quality: 'best' } } })
    expect(tripo.violations.splice(0).join()).toContain('texture_quality')
  })

  test('a quality nobody knows adds nothing', async () => {
    await fixture.submit(request('tripo-3.1', 'toString'))
    expect(tripo.task().input).toEqual({ input: 'file-1', model: 'v3.1-20260211', face_limit: 200_000 })
  })

  test('nothing but pictures for 3D is taken', async () => {
    const reading: ProviderRequest = { kind: 'reading', endpoint: 'v3', parameters: {}, source }
    expect(await fault(fixture.submit(reading))).toEqual({ kind: 'rejected_input' })
    expect(tripo.seen).toEqual([])
  })
})

describe('from the task to the files', () => {
  test('waits, runs, is done; the ticket alone is enough after a restart', async () => {
    const ticket = await fixture.submit()
    expect(await provider.status(ticket, signal)).toEqual({ state: 'waiting', progress: null })
    Object.assign(tripo.task(), { status: 'running', progress: 40 })
    expect(await provider.status(ticket, signal)).toEqual({ state: 'running', progress: 0.4 })
    Object.assign(tripo.task(), { status: 'success', progress: 100 })
    expect(await provider.status(ticket, signal)).toEqual({ state: 'completed' })
    const given = control()
    const answer = await fixture.connect().result(ticket, given)
    expect(answer).toEqual({ kind: 'files', files: [glb()], preview: png(9), usage: { microUsd: 300_000 } })
    expect(given.admit).toHaveBeenCalled()
    expect(fixture.seen('/v3/generation')).toHaveLength(1)
  })

  test.each([
    [-5, 0],
    [Number.NaN, null],
    ['30', null],
    [undefined, null],
  ])('credits used: %s', async (creditsConsumed, microUsd) => {
    const ticket = await fixture.finished()
    const { output } = (await askTask(ticket)) as { output: object }
    tripo.play(
      faults.answers(200, { code: 0, data: { status: 'success', output, credits_consumed: creditsConsumed } }),
      1,
    )
    expect(await fixture.result(ticket)).toMatchObject({ usage: { microUsd } })
  })

  async function askTask(ticket: string): Promise<unknown> {
    const response = await fetch(`${tripo.baseUrl}/tasks/${ticket}`, { headers: { authorization: `Bearer ${key}` } })
    return ((await response.json()) as { data: unknown }).data
  }

  test('a link that is five minutes old is asked for again, and the new one holds', async () => {
    const ticket = await fixture.finished()
    tripo.ageNextLinks(5 * 60_000)
    expect(await fixture.result(ticket)).toMatchObject({ files: [glb()], preview: png(9) })
    expect(fixture.seen('/v3/tasks/')).toHaveLength(2)
    expect(fixture.seen('/v3/generation')).toHaveLength(1)
  })

  test('a link that has expired and is given again: the model is lost', async () => {
    tripo.keepLinks()
    const ticket = await fixture.finished()
    await fixture.result(ticket)
    fixture.clock.advance(5 * 60_000 - 1)
    expect(await fixture.result(ticket)).toMatchObject({ files: [glb()] })
    fixture.clock.advance(1)
    expect(await fault(fixture.result(ticket))).toEqual(bad)
  })

  test.each<[TripoTask['status'], ProviderFault]>([
    ['banned', blocked],
    ['failed', { kind: 'no_picture' }],
    ['cancelled', { kind: 'no_picture' }],
    ['expired', bad],
  ])('a task that is %s is over, and says why', async (status, expected) => {
    const ticket = await fixture.finished({ status })
    expect(await provider.status(ticket, signal)).toEqual({ state: 'completed' })
    expect(await fault(fixture.result(ticket))).toEqual(expected)
  })

  test('a task that failed for the content policy is blocked', async () => {
    expect(await fault(fixture.result(await fixture.finished({ status: 'failed', errorCode: 2008 })))).toEqual(blocked)
  })

  test('a task of unknown state is asked for again', async () => {
    const ticket = await fixture.finished({ status: 'unknown' })
    expect(await fault(provider.status(ticket, signal))).toEqual(unknown)
    expect(await fault(fixture.result(ticket))).toEqual(unknown)
  })

  test('nothing can be taken back or deleted there, and nothing says it was', async () => {
    const ticket = await fixture.submit()
    const before = tripo.seen.length
    expect(await provider.cancel(ticket, signal)).toBe(false)
    await provider.forget(ticket, signal)
    expect(tripo.seen).toHaveLength(before)
  })
})

test('parameters are checked at start; quad is not offered, as it gives no GLB', () => {
  const wrong = (kind: ProviderRequest['kind'], parameters: object) =>
    descriptor.wrongParameters(kind, parameters as Record<string, unknown>)
  expect(wrong('model3d', { qualities: {}, fixed: { quad: true } })).toMatch(/fixed/)
  expect(wrong('model3d', {})).not.toBeNull()
  expect(wrong('image', request().parameters)).toBe('its provider makes "model3d" only')
})

test('a ticket that is none is refused before anything is sent', async () => {
  await expect(provider.status('../account', signal)).rejects.toThrow(TypeError)
  expect(tripo.seen).toEqual([])
})
