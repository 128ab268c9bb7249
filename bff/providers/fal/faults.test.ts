import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bad, limited, unknown } from '../../test/fakes/fault-of.ts'
import * as faults from '../../test/fakes/faults.ts'
import type { Fault } from '../../test/fakes/server.ts'
import { until } from '../../test/until.ts'
import type { ProviderRequest } from '../provider.ts'
import type { ProviderFault } from '../provider-error.ts'
import { control } from '../test/requests.ts'
import type { FalJob } from './test/fake.ts'
import { type Fixture, fault, image, openFixture, prompt, source, started } from './test/fixture.ts'

const { signal } = control()

const detail = (type: string) => ({ detail: [{ loc: ['body', 'prompt'], msg: prompt, type, url: 'https://docs' }] })
const policy = faults.answers(422, detail('content_policy_violation'))

let fixture: Fixture
let fal: Fixture['fal']
let provider: Fixture['provider']

beforeEach(async () => {
  fixture = await openFixture()
  fal = fixture.fal
  provider = fixture.provider
})
afterEach(() => fixture.close())

describe('a submit leaves once, whatever comes back', () => {
  test.each<[string, Fault, ProviderFault]>([
    ['reset before headers', faults.resetBeforeHeaders, unknown],
    ['reset after headers', faults.resetAfterHeaders, unknown],
    ['a cut body', faults.cutBody, unknown],
    ['500', faults.answers(500, { detail: 'Internal Server Error' }), unknown],
    ['502', faults.answers(502, ''), unknown],
    ['503', faults.answers(503, ''), unknown],
    ['504', faults.answers(504, detail('generation_timeout')), unknown],
    ['408', faults.answers(408, ''), unknown],
    ['429 without a time', faults.answers(429, ''), limited(null)],
    ['429 with seconds', faults.answers(429, '', { 'retry-after': '20' }), limited(20_000)],
    [
      '429 with a date',
      faults.answers(429, '', { 'retry-after': new Date(started + 5000).toUTCString() }),
      limited(5000),
    ],
    ['429 with an absurd time', faults.answers(429, '', { 'retry-after': '9'.repeat(30) }), limited(3_600_000)],
    ['422 for its policy', policy, { kind: 'blocked', stage: 'input', reason: 'other' }],
    [
      '400 for its policy',
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
    ['200 with HTML', faults.html, unknown],
    ['200 without an id', faults.answers(200, { status: 'IN_QUEUE' }), unknown],
    ['an id that is a path', faults.answers(200, { request_id: '../../billing' }), unknown],
    ['500 MB', faults.huge(500 * 1024 * 1024), bad],
    ['500 MB, said before', faults.huge(500 * 1024 * 1024, { declared: true }), bad],
    ['a redirect inside', faults.redirects(), bad],
    ['key and prompt in the error', faults.echoes(400), { kind: 'rejected_input' }],
    ['key and prompt in a 500', faults.echoes(500), unknown],
  ])('%s', async (_what, fault_, expected) => {
    fal.play(fault_)
    expect(await fault(fixture.submit())).toEqual(expected)
    expect(fal.seen).toHaveLength(1)
  })

  test.each([
    ['hang', faults.hang],
    ['a slow drip', faults.drip],
  ])('%s: ends with the deadline, its outcome unknown', async (_what, fault_) => {
    fal.play(fault_)
    const given = control()
    const answer = fault(fixture.submit(image(), given))
    await until(() => fal.seen.length === 1)
    given.stop.abort()
    expect(await answer).toEqual(unknown)
    expect(fal.seen).toHaveLength(1)
  })

  test('nobody there: no byte has left', async () => {
    await fal.close()
    expect(await fault(fixture.submit())).toEqual({ kind: 'not_sent' })
  })

  test('a picture is not read: fal has no such request', async () => {
    const reading: ProviderRequest = { kind: 'reading', endpoint: 'x/y', parameters: {}, source: source() }
    expect(await fault(fixture.submit(reading))).toEqual({ kind: 'rejected_input' })
    expect(fal.seen).toEqual([])
  })
})

describe('asking is no verdict unless fal gives one, and one question is one request', () => {
  test.each<[string, Fault, ProviderFault]>([
    ['reset', faults.resetBeforeHeaders, unknown],
    ['a cut body', faults.cutBody, unknown],
    ['500', faults.answers(500, ''), unknown],
    ['429', faults.answers(429, '', { 'retry-after': '3' }), limited(3000)],
    ['HTML', faults.html, unknown],
    ['a state nobody knows', faults.answers(200, { status: 'PONDERING' }), unknown],
    ['the job is gone', faults.answers(404, { detail: 'Request not found' }), bad],
    ['a redirect inside', faults.redirects(), bad],
    ['key in the error', faults.echoes(500), unknown],
  ])('status: %s', async (_what, fault_, expected) => {
    const ticket = await fixture.submit()
    fal.play(fault_)
    expect(await fault(provider.status(ticket, signal))).toEqual(expected)
    expect(fixture.requests('GET')).toHaveLength(1)
  })

  test.each<[string, FalJob['failure'], ProviderFault]>([
    [
      'policy',
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
    ["fal's own gateway", { status: 502, body: 'Bad gateway' }, unknown],
    ['gone', { status: 404, body: { detail: 'Not found' } }, bad],
  ])('completed is not success: %s', async (_what, failure, expected) => {
    const { ticket } = await fixture.finished(image(), { failure })
    expect(await provider.status(ticket, signal)).toEqual({ state: 'completed' })
    expect(await fault(fixture.result(ticket))).toEqual(expected)
    expect(fixture.requests('GET')).toHaveLength(2)
  })

  test.each<[string, Fault, ProviderFault]>([
    ['HTML', faults.html, bad],
    ['reset', faults.resetAfterHeaders, unknown],
    ['500 MB', faults.huge(500 * 1024 * 1024), bad],
    ['a redirect inside', faults.redirects(), bad],
    ['no pictures in it', faults.answers(200, { images: [] }), { kind: 'no_picture' }],
    ['nothing in it', faults.answers(200, {}), bad],
    ['pictures without addresses', faults.answers(200, { images: [{}, null, 5] }), bad],
  ])('result: %s', async (_what, fault_, expected) => {
    const { ticket } = await fixture.finished()
    fal.play(fault_)
    expect(await fault(fixture.result(ticket))).toEqual(expected)
    expect(fixture.requests('GET')).toHaveLength(1)
  })
})
