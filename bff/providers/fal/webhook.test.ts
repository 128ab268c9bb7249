import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Clock, createClock } from '../../test/clock.ts'
import { answers } from '../../test/fakes/faults.ts'
import { toolsFor } from '../index.ts'
import type { QueueProvider, WebhookCall } from '../provider.ts'
import { fal as descriptor } from './index.ts'
import { type FakeFal, startFakeFal } from './test/fake.ts'

let clock: Clock
let fal: FakeFal
let provider: QueueProvider

beforeEach(async () => {
  clock = createClock()
  fal = await startFakeFal({ key: 'key', now: clock.now })
  provider = descriptor.create(fal.access, toolsFor(descriptor, clock.now))
})
afterEach(() => Promise.all([fal.close(), provider.close()]))

const check = (call: WebhookCall) => provider.webhook!.check(call)
const job = { id: '0199aaaa-0000-7000-8000-000000000001' }
const seconds = () => Math.floor(clock.now() / 1000)
const call = (change: Parameters<FakeFal['webhookOf']>[1] = {}) => fal.webhookOf(job.id, change)
const withHeader = (sent: WebhookCall, name: string, value: string | undefined): WebhookCall => ({
  ...sent,
  headers: { ...sent.headers, [`x-fal-webhook-${name}`]: value },
})
const keyFetches = () => fal.seen.filter(({ path }) => path === '/.well-known/jwks.json')

describe('the check of a webhook', () => {
  test('tells the id that fal signed; told twice, it says the same twice', async () => {
    expect(await check(call())).toBe(job.id)
    expect(await check(call())).toBe(job.id)
    expect(keyFetches()).toHaveLength(1)
    expect(keyFetches()[0]!.headers).not.toHaveProperty('authorization')
  })

  test.each([
    [
      'another body',
      (sent: WebhookCall) => ({ ...sent, rawBody: Buffer.from(sent.rawBody.toString().replace('OK', 'KO')) }),
    ],
    [
      'the same JSON, written again',
      (sent: WebhookCall) => ({
        ...sent,
        rawBody: Buffer.from(JSON.stringify(JSON.parse(sent.rawBody.toString()), null, 1)),
      }),
    ],
    ['another request id', (sent: WebhookCall) => withHeader(sent, 'request-id', 'other')],
    ['another user id', (sent: WebhookCall) => withHeader(sent, 'user-id', 'other')],
    ['another time', (sent: WebhookCall) => withHeader(sent, 'timestamp', String(seconds() + 1))],
    ['another signature', (sent: WebhookCall) => withHeader(sent, 'signature', 'ab'.repeat(64))],
    ['a signature that is too short', (sent: WebhookCall) => withHeader(sent, 'signature', 'ab')],
    ['no signature', (sent: WebhookCall) => withHeader(sent, 'signature', undefined)],
    ['no user id', (sent: WebhookCall) => withHeader(sent, 'user-id', undefined)],
    ['a time that is no number', (sent: WebhookCall) => withHeader(sent, 'timestamp', 'now')],
    ['an id with a line break', (sent: WebhookCall) => withHeader(sent, 'request-id', `${job.id}\nuser-1`)],
  ])('refuses %s', async (_what, change) => {
    expect(await check(change(call()))).toBeNull()
  })

  test.each([
    [-300, true],
    [-301, false],
    [300, true],
    [301, false],
  ])('a message signed %i seconds from now: %s', async (offset, holds) => {
    expect(await check(call({ timestamp: seconds() + offset }))).toBe(holds ? job.id : null)
  })

  test.each(['{}', 'no JSON', '{"request_id":5}', '{"request_id":"../x"}'])(
    'a signed body without an id tells nothing: %s',
    async body => {
      expect(await check(call({ body: Buffer.from(body) }))).toBeNull()
    },
  )

  test('keys are kept for a day at most', async () => {
    await check(call())
    clock.advance(24 * 3600_000 - 1)
    await check(call())
    expect(keyFetches()).toHaveLength(1)
    clock.advance(1)
    expect(await check(call())).not.toBeNull()
    expect(keyFetches()).toHaveLength(2)
  })

  test('a new key of fal is found when a signature needs it, and a flood of wrong ones asks once a minute', async () => {
    await check(call())
    fal.changeKeys()
    expect(await check(call())).toBeNull()
    clock.advance(60_000)
    expect(await check(call())).toBe(job.id)
    const wrong = withHeader(call(), 'signature', 'ab'.repeat(64))
    await Promise.all(Array.from({ length: 20 }, () => check(wrong)))
    expect(keyFetches()).toHaveLength(2)
  })

  test('without keys nothing is believed, and nobody is asked again at once', async () => {
    fal.play(answers(500, 'down'))
    expect(await check(call())).toBeNull()
    fal.play(null)
    expect(await check(call())).toBeNull()
    clock.advance(60_000)
    expect(await check(call())).toBe(job.id)
  })
})
