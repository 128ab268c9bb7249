import { expect, onTestFinished, test } from 'vitest'
import { audit } from '../../ledger/audit.ts'
import { aPicture, type TestApp, type TestAppOptions, type TestPerson, testApp } from '../../test/app.ts'
import { registryWith } from '../../test/catalogue.ts'
import { createFakeQueue } from '../../test/fake-queue.ts'
import { until } from '../../test/until.ts'

const price = { base: 6, perSize: { '512': 0, '1K': 0, '2K': 6 }, perQuality: {}, perPicture: 0 }
const cost = { ...price, base: 30_000 }
const registry = registryWith({ id: 'queued', provider: 'queue', price, cost, deadlineMs: 600_000 })
const order = { model: 'queued', price: 6 }

async function setUp(options: TestAppOptions = {}) {
  const queue = createFakeQueue()
  const app = await testApp({ registry, others: { queue }, ...options })
  onTestFinished(() => app.close())
  const person = await app.addPerson()
  const picture = await aPicture()
  const { id } = (await app.submit(person, picture, order)).json()
  await inState(app, person, id, 'submitted')
  return { app, queue, person, picture, id: id as string }
}

const inState = (app: TestApp, person: TestPerson, id: string, state: string) =>
  until(async () => (await app.generation(person, id)).state === state)
/** Lets the queue be asked once more. */
const nextQuestion = async (app: TestApp) => {
  await until(() => app.clock.waiting() > 1)
  app.clock.advance(1000)
}
const files = (...bytes: Buffer[]) => ({ kind: 'files' as const, files: bytes, usage: { microUsd: null } })
const costs = (app: TestApp) => app.database.read.selectFrom('provider_cost').selectAll().execute()

test('a queued job: the ticket is written, progress is told, the result is fetched, paid, and forgotten there', async () => {
  const { app, queue, person, picture, id } = await setUp()
  const row = await app.database.read.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(row.request_id).toBe('ticket')
  queue.says.status = { state: 'running', progress: 0.25 }
  await nextQuestion(app)
  await until(async () => (await app.generation(person, id)).progress === 0.25)
  queue.says.status = { state: 'completed' }
  queue.says.result = files(picture)
  await nextQuestion(app)
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state: 'done', charged: 6, pictures: [{ width: 48 }] })
  expect(queue.asked).toMatchObject({ submit: [{ kind: 'image' }], result: 1, forget: 1, cancel: 0 })
  expect(await costs(app)).toMatchObject([{ provider: 'queue', micro_usd: 30_000, outcome: 'spent' }])
  expect(await app.balance(person)).toMatchObject({ available: 44, held: 0 })
  expect(await audit(app.database.read)).toEqual([])
})

test('questions that are not answered are no verdict; a refusal is', async () => {
  const { app, queue, person, id } = await setUp()
  for (const kind of ['unknown_outcome', 'not_sent'] as const) {
    queue.says.status = { kind }
    await nextQuestion(app)
    expect(await app.generation(person, id)).toMatchObject({ state: 'submitted' })
  }
  queue.says.status = { state: 'completed' }
  queue.says.result = { kind: 'blocked', stage: 'output', reason: 'sexual' }
  await nextQuestion(app)
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({
    state: 'failed',
    problem: 'blocked',
    problemParams: { stage: 'output', reason: 'sexual' },
    charged: 0,
  })
  expect(queue.asked.submit).toHaveLength(1)
  expect(await costs(app)).toEqual([])
  expect(await app.balance(person)).toMatchObject({ available: 50, held: 0 })
})

test('submitted and killed: found again by its ticket, submitted once, paid once', async () => {
  const { app, queue, person, picture, id } = await setUp()
  await app.restart()
  queue.says.status = { state: 'completed' }
  queue.says.result = files(picture)
  await nextQuestion(app)
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state: 'done', charged: 6 })
  expect(queue.asked.submit).toHaveLength(1)
  expect(await audit(app.database.read)).toEqual([])
})

test('a stop leaves a submitted job to the next start', async () => {
  const { app, person, id } = await setUp()
  const stopped = app.generations.stop({ graceMs: 10 })
  app.clock.advance(10)
  await stopped
  expect(await app.generation(person, id)).toMatchObject({ state: 'submitted' })
})

test('the pictures leave our memory when the queue has them', async () => {
  const { app, person } = await setUp()
  const allotment = app.generations.budget.open(person.id)
  expect(() => allotment.grow(128 * 1024 ** 2)).not.toThrow()
  allotment.free()
})

test.each([
  ['takes it back: nothing is lost', true, 'failed', []],
  ['does not: unknown, and booked as a loss', false, 'unknown', [{ micro_usd: 30_000, outcome: 'loss' }]],
])('a deadline passes and the queue %s', async (_name, cancel, state, booked) => {
  const { app, queue, person, id } = await setUp()
  queue.says.cancel = cancel
  app.clock.advance(600_000)
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state, problem: 'timed_out', charged: 0 })
  expect(await costs(app)).toMatchObject(booked)
  expect(await app.balance(person)).toMatchObject({ available: 50, held: 0 })
  expect(await audit(app.database.read)).toEqual([])
})

test('[I12] what comes after the credits went back is delivered free, once', async () => {
  const { app, queue, person, picture, id } = await setUp()
  app.clock.advance(600_000)
  await app.generations.idle()
  await app.generations.sweep()
  expect(await app.generation(person, id)).toMatchObject({ state: 'unknown' })

  queue.says.status = { state: 'completed' }
  queue.says.result = files(picture)
  await app.generations.sweep()
  await app.generations.sweep()
  expect(await app.generation(person, id)).toMatchObject({
    state: 'done',
    problem: null,
    charged: 0,
    pictures: [{ width: 48 }],
  })
  expect(queue.asked.result).toBe(1)
  expect(await app.balance(person)).toMatchObject({ available: 50, held: 0 })
  expect((await app.get(person, '/v1/pictures')).json().pictures).toHaveLength(1)
  expect(await audit(app.database.read)).toEqual([])
})

test('a late result that comes twice at once is delivered once, and the other leaves no file behind', async () => {
  const { app, queue, person, picture, id } = await setUp()
  app.clock.advance(600_000)
  await app.generations.idle()
  const stored = countStored(app)
  queue.says.status = { state: 'completed' }
  queue.says.result = files(picture)
  await Promise.all([app.generations.sweep(), app.generations.sweep()])
  expect(queue.asked.result).toBe(2)
  expect(await app.generation(person, id)).toMatchObject({ state: 'done', charged: 0, pictures: [{ width: 48 }] })
  // The picture and its small copy.
  expect(stored()).toBe(2)
})

test('a stop does not wait for a queue that does not answer; what is late is delivered after the next start', async () => {
  const { app, queue, person, picture, id } = await setUp()
  app.clock.advance(600_000)
  await app.generations.idle()
  queue.says.status = waitsForever()
  const stopping = new AbortController()
  const asked = queue.asked.status
  const sweep = app.generations.sweep(stopping.signal)
  await until(() => queue.asked.status > asked)
  stopping.abort()
  await sweep
  expect(await app.generation(person, id)).toMatchObject({ state: 'unknown' })

  queue.says.status = { state: 'completed' }
  queue.says.result = files(picture)
  await app.restart()
  await app.generations.sweep()
  expect(await app.generation(person, id)).toMatchObject({ state: 'done', charged: 0 })
})

/** Files stored from now on that are still there. */
function countStored({ blobs }: TestApp): () => number {
  const { put, remove } = blobs
  let count = 0
  blobs.put = async (...file) => {
    const hash = await put(...file)
    count += 1
    return hash
  }
  blobs.remove = async (...file) => {
    await remove(...file)
    count -= 1
  }
  return () => count
}

test.each([
  ['has not begun: stopped, all credits back', true, { state: 'failed', problem: 'cancelled' }],
  ['is at work: told so, and it goes on', false, { code: 'not_cancellable' }],
])('cancelling while the queue %s', async (_name, cancel, answer) => {
  const { app, queue, person, id } = await setUp()
  queue.says.cancel = cancel
  const { headers } = person
  const cancelled = await app.http.inject({ method: 'POST', url: `/v1/generations/${id}/cancel`, headers })
  expect(cancelled.json()).toMatchObject(answer)
  if (cancel) await app.generations.idle()
  expect(await app.balance(person)).toMatchObject(cancel ? { available: 50, held: 0 } : { available: 44, held: 6 })
  expect(await audit(app.database.read)).toEqual([])
})

const waitsForever = () => new Promise<never>(() => {})

test('killed before the queue answered: never submitted again; unknown where nobody will tell', async () => {
  const { app, queue, person, id } = await setUp()
  queue.says.submit = waitsForever
  const second = (await app.submit(person, await aPicture(), order)).json()
  await until(() => queue.asked.submit.length === 2)
  await app.restart()
  expect(await app.generation(person, second.id)).toMatchObject({ state: 'unknown', problem: 'interrupted' })
  expect(queue.asked.submit).toHaveLength(2)
  await inState(app, person, id, 'submitted')
  expect(await audit(app.database.read)).toEqual([])
})

async function lostSubmit() {
  const { app, queue, person, picture } = await setUp({ callbackOf: () => 'https://here.example/told' })
  queue.says.submit = waitsForever
  const { id } = (await app.submit(person, picture, order)).json()
  await until(() => queue.asked.submit.length === 2)
  await app.restart()
  expect(await app.generation(person, id)).toMatchObject({ state: 'calling' })
  return { app, queue, person, picture, id: id as string }
}

test('killed before the queue answered: its webhook event brings the ticket, and the job goes on', async () => {
  const { app, queue, person, picture, id } = await lostSubmit()
  queue.says.status = { state: 'completed' }
  queue.says.result = files(picture)
  const event = { provider: 'queue', jobId: id, requestId: 'told later' }
  await Promise.all([app.generations.receive(event), app.generations.receive(event)])
  await nextQuestion(app)
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state: 'done', charged: 6 })
  expect(queue.asked.submit).toHaveLength(2)
  expect(await audit(app.database.read)).toEqual([])
})

test('no webhook event in all the time the queue had: unknown, and the credits are back; one after that delivers free', async () => {
  const { app, queue, person, picture, id } = await lostSubmit()
  await app.generations.sweep()
  expect(await app.generation(person, id)).toMatchObject({ state: 'calling' })
  app.clock.advance(126 * 60_000)
  await app.generations.sweep()
  expect(await app.generation(person, id)).toMatchObject({ state: 'unknown', problem: 'interrupted' })
  queue.says.status = { state: 'completed' }
  queue.says.result = files(picture)
  await app.generations.receive({ provider: 'queue', jobId: id, requestId: 'told later' })
  expect(await app.generation(person, id)).toMatchObject({ state: 'done', charged: 0 })
  expect(await audit(app.database.read)).toEqual([])
})

test('a webhook event about a job that is none, or of another provider, changes nothing', async () => {
  const { app, person, id } = await setUp()
  await app.generations.receive({ provider: 'queue', jobId: '019a0000-0000-7000-8000-000000000000', requestId: 'x' })
  await app.generations.receive({ provider: 'local', jobId: id, requestId: 'x' })
  expect(await app.generation(person, id)).toMatchObject({ state: 'submitted' })
})
