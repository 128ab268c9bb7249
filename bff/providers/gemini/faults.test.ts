import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limited } from '../../test/fakes/fault-of.ts'
import * as faults from '../../test/fakes/faults.ts'
import type { Fault } from '../../test/fakes/server.ts'
import { until } from '../../test/until.ts'
import type { ProviderFault } from '../provider-error.ts'
import { control } from '../test/requests.ts'
import { googleError } from './test/fake.ts'
import { type Fixture, fault, image, now, openFixture, reading } from './test/fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await openFixture()
})
afterEach(async () => {
  await fixture.close()
  expect(fixture.fake.violations).toEqual([])
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

  test.each<[string, Fault, ProviderFault]>([
    ['reset before headers', faults.resetBeforeHeaders, { kind: 'unknown_outcome' }],
    ['reset after headers', faults.resetAfterHeaders, { kind: 'unknown_outcome' }],
    ['a cut body', faults.cutBody, { kind: 'unknown_outcome' }],
    ['500', error(500, 'INTERNAL'), { kind: 'unknown_outcome' }],
    ['503', error(503, 'UNAVAILABLE'), { kind: 'unknown_outcome' }],
    ['504', error(504, 'DEADLINE_EXCEEDED'), { kind: 'unknown_outcome' }],
    ['408', error(408, 'CANCELLED'), { kind: 'unknown_outcome' }],
    ['429 without a time', error(429, 'RESOURCE_EXHAUSTED'), limited(null)],
    ['429 with seconds', error(429, 'RESOURCE_EXHAUSTED', '', [], { 'retry-after': '20' }), limited(20_000)],
    [
      '429 with a date',
      error(429, 'RESOURCE_EXHAUSTED', '', [], { 'retry-after': new Date(now + 5000).toUTCString() }),
      limited(5000),
    ],
    ['429 with an absurd time', error(429, '', '', [], { 'retry-after': '9'.repeat(30) }), limited(3_600_000)],
    ['429 with its own delay', error(429, 'RESOURCE_EXHAUSTED', '', retryIn('34.074824224s')), limited(34_000)],
    [
      '429 for the minute',
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
    ['200 with HTML', faults.html, { kind: 'bad_answer' }],
    ['500 MB', faults.huge(500 * 1024 * 1024), { kind: 'bad_answer' }],
    ['500 MB, said before', faults.huge(500 * 1024 * 1024, { declared: true }), { kind: 'bad_answer' }],
    ['a redirect inside', faults.redirects(), { kind: 'bad_answer' }],
    ['key and prompt in the error', faults.echoes(400), { kind: 'rejected_input' }],
    ['key and prompt in a 500', faults.echoes(500), { kind: 'unknown_outcome' }],
    ['key and prompt in a success', faults.echoes(200), { kind: 'no_picture' }],
  ])('%s: called once', async (_, played, expected) => {
    fixture.fake.play(played)
    expect(await fault(fixture.call())).toEqual(expected)
    expect(fixture.fake.seen).toHaveLength(1)
  })

  test.each([
    ['no answer', faults.hang],
    ['one byte and then nothing', faults.drip],
  ])('%s until the deadline: called once', async (_, played) => {
    fixture.fake.play(played)
    const given = control()
    const answer = fault(fixture.call(image(), given))
    await until(() => fixture.fake.seen.length === 1)
    given.stop.abort()
    expect(await answer).toEqual({ kind: 'unknown_outcome' })
    expect(fixture.fake.seen).toHaveLength(1)
  })

  test('nobody there: no byte has left', async () => {
    await fixture.fake.close()
    expect(await fault(fixture.call())).toEqual({ kind: 'not_sent' })
  })

  test('what Gemini does not make is not sent', async () => {
    const model3d = { ...reading(), kind: 'model3d' as const, quality: null }
    expect(await fault(fixture.gemini.call(model3d, control()))).toEqual({ kind: 'rejected_input' })
    expect(fixture.fake.seen).toEqual([])
  })
})
