import { expect, onTestFinished, test } from 'vitest'
import { audit } from '../../ledger/audit.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import { aPicture, type TestAppOptions, testApp } from '../../test/app.ts'
import { createFakeProvider } from '../../test/fake-provider.ts'
import { png } from '../../test/fakes/files.ts'
import { insertJob } from '../../test/rows.ts'
import { until } from '../../test/until.ts'

async function setUp(options?: TestAppOptions) {
  const app = await testApp(options)
  onTestFinished(() => app.close())
  return { app, person: await app.addPerson(), picture: await aPicture(), result: await aPicture(512, 341, '#a03010') }
}
const noViolations = async (app: Awaited<ReturnType<typeof setUp>>['app']) =>
  expect(await audit(app.database.read)).toEqual([])

test("a job goes from request to picture: held, called once, posted, and its bytes are the provider's own", async () => {
  const { app, person, picture, result } = await setUp()
  const answer = await app.submit(person, picture)
  expect(answer.statusCode).toBe(202)
  const accepted = answer.json()
  expect(accepted).toMatchObject({ state: 'queued', price: 1, width: 512, height: 341, prompt: 'ink', pictures: [] })
  expect(accepted.options).toEqual({
    aspect: 'source',
    size: '512',
    seed: 7,
    quality: null,
    count: 1,
    transparent: false,
  })
  expect(await app.balance(person)).toMatchObject({ available: 49, held: 1 })

  const call = await app.provider.called(0)
  expect(Object.keys(call.request).sort()).toEqual(
    'aspect count endpoint height kind negative parameters prompt quality seed size sources transparent width'.split(
      ' ',
    ),
  )
  expect(call.request).toMatchObject({ endpoint: 'restyle', prompt: 'ink', width: 512, height: 341, seed: 7 })
  expect(call.request.sources).toMatchObject([{ role: 'subject', weight: 100, width: 48, height: 32 }])
  call.control.onProgress(0.5)
  expect(await app.generation(person, accepted.id)).toMatchObject({ state: 'calling', progress: 0.5, ahead: 0 })

  app.clock.advance(900)
  call.answer(result)
  await app.generations.idle()
  const done = await app.generation(person, accepted.id)
  expect(done).toMatchObject({ state: 'done', progress: null, problem: null })
  expect(done.endedAt! - done.startedAt!).toBe(900)
  expect(done.pictures[0]).toMatchObject({
    mime: 'image/png',
    width: 512,
    height: 341,
    bytes: result.length,
    prompt: 'ink',
  })
  const file = await app.get(person, `/v1/pictures/${done.pictures[0]!.id}/file`)
  expect(file.rawPayload.equals(result)).toBe(true)
  expect(await app.balance(person)).toMatchObject({ available: 49, held: 0 })
  expect(app.provider.calls).toHaveLength(1)
  await noViolations(app)
})

test('a large picture is kept byte for byte, and its own memory is given back at once', async () => {
  const { app, person, picture } = await setUp()
  const result = png(7, 1_000_000)
  const expected = Buffer.from(result)
  const { id } = (await app.submit(person, picture)).json()
  ;(await app.provider.called(0)).answer(result)
  await app.generations.idle()
  const { pictures } = await app.generation(person, id)
  const file = await app.get(person, `/v1/pictures/${pictures[0]!.id}/file`)
  expect(file.rawPayload.equals(expected)).toBe(true)
  expect(result.length).toBe(0)
})

test('the price of the moment of acceptance is what is paid', async () => {
  const { app, person, picture, result } = await setUp()
  const { id } = (await app.submit(person, picture, { options: { aspect: '1:1', size: '2K' }, price: 2 })).json()
  ;(await app.provider.called(0)).answer(result)
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state: 'done', price: 2 })
  expect(await app.balance(person)).toMatchObject({ available: 48, held: 0 })
})

test('jobs wait in their order, as many run as may, and everyone is told how many are in front', async () => {
  const { app, person, picture, result } = await setUp({ limits: { concurrency: 1 } })
  const ids = []
  for (let i = 0; i < 3; i++) {
    ids.push((await app.submit(person, picture)).json().id)
    app.clock.advance(10)
  }
  await app.provider.called(0)
  const [first, second, third] = await Promise.all(ids.map(id => app.generation(person, id)))
  expect([first, second, third].map(job => [job?.state, job?.ahead])).toEqual([
    ['calling', 0],
    ['queued', 0],
    ['queued', 1],
  ])
  for (let i = 0; i < 3; i++) (await app.provider.called(i)).answer(result)
  await app.generations.idle()
  const list = (await app.get(person, '/v1/generations')).json().generations
  expect(list.map((job: { id: string }) => job.id)).toEqual(ids.toReversed())
  await noViolations(app)
})

test.each<[string, (call: { fail(error: unknown): void; answer(bytes: Buffer): void }) => void, string]>([
  ['a definite refusal', call => call.fail(new ProviderError({ kind: 'rejected_input' })), 'rejected_input'],
  ['no bytes', call => call.answer(Buffer.alloc(0)), 'provider_failed'],
  ['[C50] HTML', call => call.answer(Buffer.from('<!doctype html><p>busy')), 'provider_failed'],
  [
    '[C50] SVG called a PNG',
    call => call.answer(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
    'provider_failed',
  ],
])('%s ends the job as failed and gives the credits back', async (_name, end, problem) => {
  const { app, person, picture } = await setUp()
  const { id } = (await app.submit(person, picture)).json()
  end(await app.provider.called(0))
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state: 'failed', problem, pictures: [] })
  expect(await app.balance(person)).toMatchObject({ available: 50, held: 0 })
  expect(app.provider.calls).toHaveLength(1)
  await noViolations(app)
})

test('trouble inside a provider is heard of; what it refuses is no trouble', async () => {
  const { app, person, picture } = await setUp()
  const broken = new Error('worker died')
  await app.submit(person, picture)
  ;(await app.provider.called(0)).fail(new ProviderError({ kind: 'rejected_input' }))
  await app.submit(person, picture)
  ;(await app.provider.called(1)).fail(broken)
  ;(await app.provider.called(2)).fail(broken)
  await app.generations.idle()
  expect(app.errors).toEqual([broken])
})

test('a repeatable call that breaks is tried once more, and only once', async () => {
  const { app, person, picture, result } = await setUp()
  const first = (await app.submit(person, picture)).json()
  ;(await app.provider.called(0)).fail(new Error('worker died'))
  ;(await app.provider.called(1)).answer(result)
  await app.generations.idle()
  expect(await app.generation(person, first.id)).toMatchObject({ state: 'done' })

  const second = (await app.submit(person, picture)).json()
  ;(await app.provider.called(2)).fail(new Error('worker died'))
  ;(await app.provider.called(3)).fail(new Error('worker died'))
  await app.generations.idle()
  expect(await app.generation(person, second.id)).toMatchObject({ state: 'failed', problem: 'provider_failed' })
  expect(app.provider.calls).toHaveLength(4)
  await noViolations(app)
})

test('a paid call that breaks is never sent again: unknown, and the credits are back', async () => {
  const { app, person, picture } = await setUp({ provider: createFakeProvider({ repeatable: false }) })
  const { id } = (await app.submit(person, picture)).json()
  ;(await app.provider.called(0)).fail(new Error('socket hang up'))
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state: 'unknown', problem: 'unknown_outcome' })
  expect(app.provider.calls).toHaveLength(1)
  expect(await app.balance(person)).toMatchObject({ available: 50, held: 0 })
  await noViolations(app)
})

test.each([
  ['a repeatable provider', true, 'failed'],
  ['a paid provider', false, 'unknown'],
])('%s that never answers is cut at the deadline; what it says later is not heard', async (_n, repeatable, state) => {
  const { app, person, picture, result } = await setUp({ provider: createFakeProvider({ repeatable }) })
  const { id } = (await app.submit(person, picture)).json()
  const call = await app.provider.called(0)
  app.clock.advance(120_000)
  await app.generations.idle()
  expect(call.control.signal.aborted).toBe(true)
  call.answer(result)
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state, problem: 'timed_out', pictures: [] })
  expect(await app.balance(person)).toMatchObject({ available: 50, held: 0 })
  await noViolations(app)
})

test('[C74] setting the clock ends no job and revives none', async () => {
  const { app, person, picture, result } = await setUp()
  const { id } = (await app.submit(person, picture)).json()
  const call = await app.provider.called(0)
  for (const hours of [-24, 48]) {
    app.clock.leap(hours * 3600_000)
    await app.generations.sweep()
    expect(await app.generation(person, id)).toMatchObject({ state: 'calling' })
    expect(await app.balance(person)).toMatchObject({ available: 49, held: 1 })
  }
  call.answer(result)
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state: 'done' })
  await noViolations(app)
})

test('the usual time of a model follows its recent jobs', async () => {
  const { app, person, picture, result } = await setUp()
  for (let i = 0; i < 5; i++) {
    await app.submit(person, picture)
    const call = await app.provider.called(i)
    app.clock.advance(700)
    call.answer(result)
    await app.generations.idle()
  }
  expect((await app.http.inject('/v1/models')).json().models[0]).toMatchObject({ id: 'local-restyle', usualMs: 700 })
})

test('a job whose pictures are not in memory calls nobody', async () => {
  const { app, person } = await setUp()
  const id = await app.database.write(async trx => {
    const job = await insertJob(trx, { person_id: person.id, price: 1, model: 'local-restyle' })
    await app.ledger.hold(trx, { personId: person.id, jobId: job!, price: 1 })
    return job!
  })
  await app.generations.start()
  await until(async () => {
    const job = await app.database.read
      .selectFrom('job')
      .select(['state', 'problem'])
      .where('id', '=', id)
      .executeTakeFirst()
    return job?.problem === 'interrupted'
  })
  expect(app.provider.calls).toEqual([])
  expect(await app.balance(person)).toMatchObject({ available: 50, held: 0 })
  await noViolations(app)
})
