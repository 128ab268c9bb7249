import { expect, onTestFinished, test } from 'vitest'
import { audit } from '../../ledger/audit.ts'
import { aPicture, type TestApp, testApp } from '../../test/app.ts'
import { until } from '../../test/until.ts'
import { toolsFor } from '../index.ts'
import { tripo as tripoDescriptor } from '../tripo/index.ts'
import { startFakeTripo } from '../tripo/test/fake.ts'
import { openFixture } from './test/fixture.ts'

/** The rooms around a job, with the providers of this folder reaching their fakes over the wire. */
async function setUp() {
  const { clock, fal, provider, close } = await openFixture()
  const tripo = await startFakeTripo({ key: 'tsk', now: clock.now, models: ['v3.1-20260211'] })
  const access = { key: 'tsk', baseUrl: tripo.baseUrl }
  const tripoProvider = tripoDescriptor.create(access, toolsFor(tripoDescriptor, clock.now))
  const app = await testApp({
    clock,
    others: { fal: provider, tripo: tripoProvider },
    callbackOf: job => `https://mimicit.example/v1/webhooks/fal/${job.id}`,
  })
  onTestFinished(async () => {
    await app.close()
    await Promise.all([close(), tripo.close(), tripoProvider.close()])
  })
  const person = await app.addPerson({ credits: 200 })
  const picture = await aPicture(640, 480)
  const order = async (spec: Parameters<TestApp['submit']>[2]) => {
    const answer = await app.submit(person, picture, spec)
    expect(answer.statusCode).toBe(202)
    return answer.json<{ id: string }>().id
  }
  return { app, fal, tripo, person, picture, order }
}

const flux = { model: 'flux-2-pro', prompt: 'a lighthouse', price: 9, options: { aspect: '1:1' as const, size: '1K' } }
/** Waits until the provider was asked once and the job pauses, has the provider finish, and lets it be asked again. */
async function finish(app: TestApp, change: () => unknown) {
  await until(() => app.clock.waiting() > 1)
  change()
  app.clock.advance(2000)
  await app.generations.idle()
}

test('a picture by fal: made once, paid once, deleted there; the source is kept by nobody', async () => {
  const { app, fal, person, picture, order } = await setUp()
  const id = await order(flux)
  await finish(app, () => Object.assign(fal.job(), { state: 'COMPLETED' }))
  expect(await app.generation(person, id)).toMatchObject({ state: 'done', charged: 9, pictures: [{}] })
  expect(fal.deleted).toEqual([fal.job().id])
  expect(fal.seen.filter(({ method }) => method === 'POST')).toHaveLength(1)
  const sent = fal.seen.map(({ path, headers, body }) => `${path} ${JSON.stringify(headers)} ${body}`).join()
  // Only the callback names the job; nothing names the person.
  for (const word of [person.id, person.familyId, person.headers.authorization]) expect(sent).not.toContain(word)
  const [uri = ''] = fal.job().input.image_urls as string[]
  const source = Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64')
  for (const { bytes } of await app.files())
    for (const trace of [picture.subarray(40, 120), source.subarray(40, 120), Buffer.from(uri.slice(60, 160))])
      expect(bytes.includes(trace)).toBe(false)
  expect(await audit(app.database.read)).toEqual([])
})

test('what fal refuses costs nothing and is deleted there as well', async () => {
  const { app, fal, person, order } = await setUp()
  const id = await order(flux)
  const body = { detail: [{ loc: ['body'], msg: 'no', type: 'content_policy_violation' }] }
  await finish(app, () => Object.assign(fal.job(), { state: 'COMPLETED', failure: { status: 422, body } }))
  expect(await app.generation(person, id)).toMatchObject({ state: 'failed', problem: 'blocked', charged: 0 })
  expect(await app.balance(person)).toMatchObject({ available: 200, held: 0 })
  expect(fal.deleted).toEqual([fal.job().id])
})

test('the answer to a submit is lost, and fal calls back: one submit, one picture', async () => {
  const { app, fal, person, order } = await setUp()
  fal.loseAnswers()
  const id = await order(flux)
  await until(() => fal.jobs.size === 1)
  const job = fal.job()
  expect(job.webhook).toBe(`https://mimicit.example/v1/webhooks/fal/${id}`)
  await app.generations.idle()
  job.state = 'COMPLETED'
  const { headers, rawBody } = fal.webhookOf(job.id)
  const call = (payload: Buffer) =>
    app.http.inject({
      method: 'POST',
      url: new URL(job.webhook!).pathname,
      headers: { ...headers, 'content-type': 'application/json' },
      payload,
    })
  expect((await call(Buffer.from(rawBody.toString().replace('OK', 'KO')))).statusCode).toBe(404)
  expect((await call(rawBody)).statusCode).toBe(204)
  await until(async () => (await app.generation(person, id)).pictures.length === 1)
  expect((await call(rawBody)).statusCode).toBe(204)
  await app.generations.idle()
  expect((await app.generation(person, id)).pictures).toHaveLength(1)
  expect(fal.seen.filter(({ method }) => method === 'POST')).toHaveLength(1)
  expect(await audit(app.database.read)).toEqual([])
})

test.each([
  ['tripo-2.5', 'fal', 60, 300_000],
  ['tripo-3.1', 'tripo', 60, 300_000],
] as const)('a 3D model by %s through %s: one GLB, paid once', async (model, provider, price, microUsd) => {
  const { app, fal, tripo, person, order } = await setUp()
  const options = { aspect: 'source' as const, size: 'GLB', quality: 'textured' }
  const id = await order({ model, prompt: '', price, options })
  await finish(app, () =>
    provider === 'fal'
      ? Object.assign(fal.job(), { state: 'COMPLETED' })
      : Object.assign(tripo.task(), { status: 'success', progress: 100 }),
  )
  expect(await app.generation(person, id)).toMatchObject({ state: 'done', charged: price })
  const costs = await app.database.read.selectFrom('provider_cost').selectAll().execute()
  expect(costs).toMatchObject([{ provider, micro_usd: microUsd, outcome: 'spent' }])
  expect(tripo.violations).toEqual([])
  expect(await audit(app.database.read)).toEqual([])
})

test('a picture that Tripo3D bans costs nothing', async () => {
  const { app, tripo, person, order } = await setUp()
  const options = { aspect: 'source' as const, size: 'GLB', quality: 'plain' }
  const id = await order({ model: 'tripo-3.1', prompt: '', price: 45, options })
  await finish(app, () => Object.assign(tripo.task(), { status: 'banned' }))
  expect(await app.generation(person, id)).toMatchObject({ state: 'failed', problem: 'blocked', charged: 0 })
  expect(await app.balance(person)).toMatchObject({ available: 200, held: 0 })
})
