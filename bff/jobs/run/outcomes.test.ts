import { expect, onTestFinished, test } from 'vitest'
import type { GenerationSpec } from '../../contract/generations.ts'
import type { ProblemCode } from '../../contract/problems.ts'
import { audit } from '../../ledger/audit.ts'
import { ProviderError, type ProviderFault } from '../../providers/provider-error.ts'
import { aPicture, type TestApp, type TestPerson, testApp } from '../../test/app.ts'
import { registryWith } from '../../test/catalogue.ts'
import { createFakeProvider } from '../../test/fake-provider.ts'
import { until } from '../../test/until.ts'

const price = { base: 3, perSize: { '512': 0, '1K': 0, '2K': 0 }, perQuality: {}, perPicture: 0 }
const registry = registryWith({
  id: 'several',
  provider: 'paid',
  price,
  cost: { ...price, base: 15_000 },
  options: { seed: true, negative: true, transparent: false, qualities: [], maxCount: 4 },
})

async function setUp() {
  const paid = createFakeProvider({ repeatable: false })
  const app = await testApp({ registry, others: { paid } })
  onTestFinished(() => app.close())
  const person = await app.addPerson()
  const picture = await aPicture()
  const order = async (count = 1, change: Partial<GenerationSpec> = {}) =>
    (
      await app.submit(person, picture, {
        model: 'several',
        price: 3 * count,
        options: { aspect: '1:1', size: '1K', count },
        ...change,
      })
    ).json()
  return { app, paid, person, picture, order }
}
const costs = (app: TestApp) => app.database.read.selectFrom('provider_cost').select(['outcome', 'micro_usd']).execute()
const isWhole = async (app: TestApp, person: TestPerson, available: number) => {
  expect(await app.balance(person)).toMatchObject({ available, held: 0 })
  expect(await audit(app.database.read)).toEqual([])
}

test.each<[ProviderFault, string, ProblemCode, object, boolean]>([
  [
    { kind: 'blocked', stage: 'input', reason: 'person' },
    'failed',
    'blocked',
    { stage: 'input', reason: 'person' },
    false,
  ],
  [{ kind: 'no_picture' }, 'failed', 'no_picture', {}, false],
  [{ kind: 'rejected_input' }, 'failed', 'rejected_input', {}, false],
  [{ kind: 'account', of: 'quota' }, 'failed', 'provider_unavailable', {}, false],
  [{ kind: 'account', of: 'credentials' }, 'failed', 'provider_unavailable', {}, false],
  [{ kind: 'retired_model' }, 'failed', 'model_retired', {}, false],
  [{ kind: 'rate_limited', retryAfterMs: 3_600_000 }, 'failed', 'provider_busy', {}, false],
  [{ kind: 'bad_answer' }, 'failed', 'provider_failed', {}, true],
  [{ kind: 'unknown_outcome' }, 'unknown', 'unknown_outcome', {}, true],
])('%j: called once, %s as %s, all credits back', async (fault, state, problem, problemParams, isLoss) => {
  const { app, paid, person, order } = await setUp()
  const { id } = await order()
  ;(await paid.called(0)).fail(new ProviderError(fault))
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state, problem, problemParams, charged: 0 })
  expect(paid.calls).toHaveLength(1)
  expect(await costs(app)).toEqual(isLoss ? [{ outcome: 'loss', micro_usd: 15_000 }] : [])
  await isWhole(app, person, 50)
})

test.each<ProviderFault>([{ kind: 'not_sent' }, { kind: 'rate_limited', retryAfterMs: 20_000 }])(
  'not accepted (%j): waits with its credits held, and is sent once more, no oftener',
  async fault => {
    const { app, paid, person, picture, order } = await setUp()
    const first = await order()
    ;(await paid.called(0)).fail(new ProviderError(fault))
    await until(async () => (await app.generation(person, first.id)).state === 'queued')
    await app.generations.idle()
    expect(paid.calls).toHaveLength(1)
    expect(await app.balance(person)).toMatchObject({ available: 47, held: 3 })
    app.clock.advance(20_000)
    ;(await paid.called(1)).answer(picture)
    await app.generations.idle()
    expect(await app.generation(person, first.id)).toMatchObject({ state: 'done', charged: 3 })

    const second = await order()
    ;(await paid.called(2)).fail(new ProviderError(fault))
    await until(async () => (await app.generation(person, second.id)).state === 'queued')
    await app.generations.idle()
    app.clock.advance(20_000)
    ;(await paid.called(3)).fail(new ProviderError(fault))
    await app.generations.idle()
    expect(await app.generation(person, second.id)).toMatchObject({ state: 'failed', problem: 'provider_busy' })
    expect(paid.calls).toHaveLength(4)
    await isWhole(app, person, 47)
  },
)

test('three of four: three are the person’s and paid, the fourth part is back', async () => {
  const { app, paid, person, picture, order } = await setUp()
  const { id } = await order(4)
  expect(await app.balance(person)).toMatchObject({ available: 38, held: 12 })
  const [second, third] = await Promise.all([aPicture(30, 30), aPicture(20, 20)])
  ;(await paid.called(0)).answer(picture, Buffer.from('rubbish'), second, third)
  await app.generations.idle()
  const done = await app.generation(person, id)
  expect(done).toMatchObject({ state: 'done', price: 12, charged: 9 })
  expect(done.pictures.map(({ width }) => width)).toEqual([48, 30, 20])
  expect(await costs(app)).toEqual([{ outcome: 'spent', micro_usd: 60_000 }])
  await isWhole(app, person, 41)

  const { headers } = person
  const url = `/v1/pictures/${done.pictures[0]!.id}`
  expect((await app.http.inject({ method: 'DELETE', url, headers })).statusCode).toBe(204)
  expect((await app.generation(person, id)).pictures).toHaveLength(2)
  app.clock.advance(3600_000)
  await app.purge.deletedPictures()
  expect(await app.generation(person, id)).toMatchObject({ prompt: 'ink' })
})

test('[C47c] more pictures than were asked for: as many as were paid are kept', async () => {
  const { app, paid, person, picture, order } = await setUp()
  const { id } = await order(1)
  ;(await paid.called(0)).answer(picture, picture)
  await app.generations.idle()
  expect((await app.generation(person, id)).pictures).toHaveLength(1)
  await isWhole(app, person, 47)
})

test('an answer without a picture is none', async () => {
  const { app, paid, person, order } = await setUp()
  const { id } = await order()
  ;(await paid.called(0)).answer()
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state: 'failed', problem: 'no_picture' })
  await isWhole(app, person, 50)
})

test('words to keep out reach the provider, are sealed, and are not the prompt', async () => {
  const { app, paid, person, picture, order } = await setUp()
  const { id } = await order(1, { negative: 'no text' })
  const call = await paid.called(0)
  expect(call.request).toMatchObject({ prompt: 'ink', negative: 'no text' })
  call.answer(picture)
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ prompt: 'ink', negative: 'no text' })
  expect((await app.files()).some(({ bytes }) => bytes.includes('no text'))).toBe(false)
})

test('a provider that fails five times in a row rests; who orders is told until when, and it is asked again', async () => {
  const { app, paid, person, picture, order } = await setUp()
  for (let i = 0; i < 5; i++) {
    await order()
    ;(await paid.called(i)).fail(new ProviderError({ kind: 'unknown_outcome' }))
    await app.generations.idle()
  }
  expect(await order()).toMatchObject({
    status: 503,
    code: 'provider_resting',
    params: { until: app.clock.now() + 30_000 },
  })
  expect(paid.calls).toHaveLength(5)
  app.clock.advance(30_000)
  const { id } = await order()
  ;(await paid.called(5)).answer(picture)
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state: 'done' })
})

test('jobs that wait for a resting provider are called when the rest is over', async () => {
  const { app, paid, person, picture, order } = await setUp()
  const ids: string[] = []
  for (let i = 0; i < 6; i++) ids.push((await order()).id)
  for (let i = 0; i < 5; i++) (await paid.called(i)).fail(new ProviderError({ kind: 'unknown_outcome' }))
  ;(await paid.called(5)).fail(new ProviderError({ kind: 'not_sent' }))
  await until(async () => (await app.generation(person, ids[5]!)).state === 'queued')
  await app.generations.idle()
  app.clock.advance(29_000)
  await app.generations.idle()
  expect(paid.calls).toHaveLength(6)
  app.clock.advance(31_000)
  ;(await paid.called(6)).answer(picture)
  await app.generations.idle()
  expect(await app.generation(person, ids[5]!)).toMatchObject({ state: 'done' })
})

test('a refused key lets the provider rest at once, and is heard of without the key', async () => {
  const { app, paid, order } = await setUp()
  await order()
  ;(await paid.called(0)).fail(new ProviderError({ kind: 'account', of: 'credentials' }))
  await app.generations.idle()
  expect(await order()).toMatchObject({ code: 'provider_resting' })
  expect(app.errors.map(String)).toEqual(['Error: The provider of several answered: account.'])
})

test('a model its provider no longer knows is offered no more', async () => {
  const { app, paid, order } = await setUp()
  await order()
  ;(await paid.called(0)).fail(new ProviderError({ kind: 'retired_model' }))
  await app.generations.idle()
  expect(await order()).toMatchObject({ code: 'model_retired' })
  const { models } = (await app.http.inject('/v1/models')).json()
  expect(models.find((model: { id: string }) => model.id === 'several')).toMatchObject({ status: 'retired' })
})

test('[C54] a model that is switched off while its job waits: the job runs on, at the price it was ordered for', async () => {
  const { app, paid, person, picture, order } = await setUp()
  const { id } = await order()
  ;(await paid.called(0)).fail(new ProviderError({ kind: 'not_sent' }))
  await until(async () => (await app.generation(person, id)).state === 'queued')
  await app.generations.idle()
  app.generations.offer.retire('several')
  expect(await order()).toMatchObject({ code: 'model_retired' })
  app.clock.advance(60_000)
  ;(await paid.called(1)).answer(picture)
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state: 'done', charged: 3 })
  await isWhole(app, person, 47)
})

test('one provider that is slow holds up no other', async () => {
  const { app, paid, person, picture, order } = await setUp()
  await order()
  await paid.called(0)
  const { id } = (await app.submit(person, picture)).json()
  ;(await app.provider.called(0)).answer(picture)
  await until(async () => (await app.generation(person, id)).state === 'done')
})
