import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bad, limited, unknown } from '../../test/fakes/fault-of.ts'
import * as faults from '../../test/fakes/faults.ts'
import type { Fault } from '../../test/fakes/server.ts'
import { until } from '../../test/until.ts'
import type { ProviderFault } from '../provider-error.ts'
import { control } from '../test/requests.ts'
import type { TripoTask } from './test/fake.ts'
import { envelope, type Fixture, fault, openFixture, request, started } from './test/fixture.ts'

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

describe('the paid request leaves once, whatever comes back', () => {
  const cases: [string, Fault, ProviderFault][] = [
    ['reset before headers', faults.resetBeforeHeaders, unknown],
    ['reset after headers', faults.resetAfterHeaders, unknown],
    ['a cut body', faults.cutBody, unknown],
    ['500', envelope(1000, 500), unknown],
    ['503', faults.answers(503, ''), unknown],
    ['408', faults.answers(408, ''), unknown],
    ['200 with a failure of the server', envelope(1001), unknown],
    ['429', faults.answers(429, ''), limited(null)],
    ['429 with seconds', envelope(1007, 429, { 'retry-after': '20' }), limited(20_000)],
    ['429 with a date', envelope(1007, 429, { 'retry-after': new Date(started + 5000).toUTCString() }), limited(5000)],
    ['429 with an absurd time', envelope(2000, 429, { 'retry-after': '9'.repeat(30) }), limited(3_600_000)],
    ['200 with too many tasks', envelope(2000), limited(null)],
    ['200 with its policy', envelope(2008), blocked],
    ['400 with its policy', envelope(2008, 400), blocked],
    ['200 with wrong parameters', envelope(1004), { kind: 'rejected_input' }],
    ['400', envelope(2004, 400), { kind: 'rejected_input' }],
    ['200 with a retired model', envelope(2015), { kind: 'retired_model' }],
    ['404', faults.answers(404, ''), { kind: 'retired_model' }],
    ['403 without credit', envelope(2010, 403), { kind: 'account', of: 'quota' }],
    ['200 without credit', envelope(2010), { kind: 'account', of: 'quota' }],
    ['401', envelope(1002, 401), { kind: 'account', of: 'credentials' }],
    ['403', envelope(1005, 403), { kind: 'account', of: 'credentials' }],
    ['HTML', faults.html, unknown],
    ['an empty envelope', faults.answers(200, {}), unknown],
    ['no id', faults.answers(200, { code: 0, data: {} }), unknown],
    ['an id that is a path', faults.answers(200, { code: 0, data: { task_id: '../account' } }), unknown],
    ['500 MB', faults.huge(500 * 1024 * 1024), bad],
    ['a redirect inside', faults.redirects(), bad],
    ['key in the error', faults.echoes(400), { kind: 'rejected_input' }],
    ['key in a 500', faults.echoes(500), unknown],
  ]

  test.each(cases)('%s', async (_what, fault_, expected) => {
    tripo.playOnCreation(fault_)
    expect(await fault(fixture.submit())).toEqual(expected)
    expect(fixture.seen('/v3/generation')).toHaveLength(1)
    expect(fixture.seen('/v3/files')).toHaveLength(1)
  })

  test.each([
    ['hang', faults.hang],
    ['a slow drip', faults.drip],
  ])('%s: ends with the deadline, its outcome unknown', async (_what, fault_) => {
    tripo.playOnCreation(fault_)
    const given = control()
    const answer = fault(fixture.submit(request(), given))
    await until(() => fixture.seen('/v3/generation').length === 1)
    given.stop.abort()
    expect(await answer).toEqual(unknown)
    expect(fixture.seen('/v3/generation')).toHaveLength(1)
  })

  test('the answer is lost: the task is paid for, and never made a second time', async () => {
    tripo.loseAnswers()
    expect(await fault(fixture.submit())).toEqual(unknown)
    expect(tripo.tasks.size).toBe(1)
    expect(fixture.seen('/v3/generation')).toHaveLength(1)
  })

  test.each<[string, Fault, ProviderFault]>([
    ['reset', faults.resetBeforeHeaders, { kind: 'not_sent' }],
    ['500', envelope(1000, 500), { kind: 'not_sent' }],
    ['HTML', faults.html, { kind: 'not_sent' }],
    ['no token', faults.answers(200, { code: 0, data: {} }), { kind: 'not_sent' }],
    ['a redirect inside', faults.redirects(), { kind: 'not_sent' }],
    ['429', envelope(1007, 429), limited(null)],
    ['401', envelope(1002, 401), { kind: 'account', of: 'credentials' }],
    ['400', envelope(2004, 400), { kind: 'rejected_input' }],
    ['policy', envelope(2008, 400), blocked],
  ])('an upload that fails has cost nothing: %s', async (_what, fault_, expected) => {
    tripo.play(fault_)
    expect(await fault(fixture.submit())).toEqual(expected)
    expect(tripo.seen.map(({ path }) => path)).toEqual(['/v3/files'])
  })

  test('nobody there: no byte has left', async () => {
    await tripo.close()
    expect(await fault(fixture.submit())).toEqual({ kind: 'not_sent' })
  })
})

describe('asking is no verdict unless Tripo3D gives one', () => {
  test.each<[string, Fault, ProviderFault]>([
    ['reset', faults.resetBeforeHeaders, unknown],
    ['500', envelope(1000, 500), unknown],
    ['429', envelope(1007, 429, { 'retry-after': '3' }), limited(3000)],
    ['HTML', faults.html, unknown],
    ['a task without a state', faults.answers(200, { code: 0, data: {} }), unknown],
    ['the task is gone', envelope(2001, 404), bad],
    ['the task is gone, with 200', envelope(2001), bad],
    ['key in the error', faults.echoes(500), unknown],
  ])('%s', async (_what, fault_, expected) => {
    const ticket = await fixture.finished()
    tripo.play(fault_)
    expect(await fault(provider.status(ticket, signal))).toEqual(expected)
    expect(await fault(fixture.result(ticket))).toEqual(expected)
    expect(fixture.seen('/v3/tasks/')).toHaveLength(2)
  })
})

describe('the file of a result', () => {
  test.each<[string, Partial<TripoTask>]>([
    ['HTML', { model: Buffer.from('<!doctype html>') }],
    ['an FBX', { model: Buffer.from('Kaydara FBX Binary  \0') }],
    ['at a cloud service', { modelUrl: 'http://169.254.169.254/latest/meta-data/' }],
    ['on this machine', { modelUrl: 'http://127.0.0.1:1/model.glb' }],
    ['on another host', { modelUrl: 'https://files.example.test/model.glb' }],
    ['in a file here', { modelUrl: 'file:///etc/passwd' }],
    ['no address', { modelUrl: 'model.glb' }],
  ])('a GLB that is %s is refused', async (_what, change) => {
    expect(await fault(fixture.result(await fixture.finished(change)))).toEqual(bad)
  })

  test.each<[string, Fault, ProviderFault]>([
    ['a redirect inside', faults.redirects(), bad],
    ['500 MB', faults.huge(500 * 1024 * 1024), bad],
    ['reset', faults.resetBeforeHeaders, unknown],
    ['503', faults.answers(503, ''), unknown],
  ])('one that does not come: %s', async (_what, fault_, expected) => {
    const ticket = await fixture.finished()
    tripo.playOnFiles(fault_)
    expect(await fault(fixture.result(ticket))).toEqual(expected)
  })

  test('a success without a model is none', async () => {
    expect(await fault(fixture.result(await fixture.finished({ modelUrl: '' })))).toEqual({ kind: 'no_picture' })
  })
})
