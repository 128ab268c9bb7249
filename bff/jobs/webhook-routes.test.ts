import { randomUUIDv7 } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { audit } from '../ledger/audit.ts'
import { fal as falDescriptor } from '../providers/fal/index.ts'
import { startFakeFal } from '../providers/fal/test/fake.ts'
import { toolsFor } from '../providers/index.ts'
import { aPicture, testApp } from '../test/app.ts'
import { createClock } from '../test/clock.ts'
import { until } from '../test/until.ts'

async function setUp() {
  const clock = createClock()
  const fal = await startFakeFal({ key: 'k', now: clock.now })
  const provider = falDescriptor.create(fal.access, toolsFor(falDescriptor, clock.now))
  const app = await testApp({
    clock,
    others: { fal: provider },
    callbackOf: job => `https://here.example/v1/webhooks/fal/${job.id}`,
  })
  onTestFinished(async () => {
    await app.close()
    await provider.close()
    await fal.close()
  })
  const person = await app.addPerson()
  const submit = async (): Promise<string> => {
    const options = { aspect: '1:1', size: '1K' } as const
    return (await app.submit(person, await aPicture(), { model: 'flux-2-klein-4b', price: 3, options })).json().id
  }
  const tell = (jobId: string, { headers, rawBody }: ReturnType<typeof fal.webhookOf>) =>
    app.http.inject({
      method: 'POST',
      url: `/v1/webhooks/fal/${jobId}`,
      headers: { ...headers, 'content-type': 'application/json' },
      payload: rawBody,
    })
  return { app, fal, person, submit, tell }
}

test('a submit whose answer was lost: fal’s own webhook event brings the picture, free, however often it comes', async () => {
  const { app, fal, person, submit, tell } = await setUp()
  fal.loseAnswers()
  const id = await submit()
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state: 'unknown', problem: 'unknown_outcome' })
  const job = fal.job()
  expect(job.webhook).toBe(`https://here.example/v1/webhooks/fal/${id}`)
  job.state = 'COMPLETED'
  const answers = await Promise.all([1, 2].map(() => tell(id, fal.webhookOf(job.id))))
  expect(answers.map(answer => answer.statusCode)).toEqual([204, 204])
  expect(await app.generation(person, id)).toMatchObject({ state: 'done', charged: 0, pictures: [{}] })
  expect(await app.balance(person)).toMatchObject({ available: 50, held: 0 })
  expect(fal.jobs.size).toBe(1)
  expect(fal.violations).toEqual([])
  expect(await audit(app.database.read)).toEqual([])
})

test('a webhook event of a job that is asked for anyway changes nothing', async () => {
  const { app, fal, person, submit, tell } = await setUp()
  const id = await submit()
  await until(async () => (await app.generation(person, id)).state === 'submitted')
  const job = fal.job()
  job.state = 'COMPLETED'
  expect((await tell(id, fal.webhookOf(job.id))).statusCode).toBe(204)
  app.clock.advance(2000)
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state: 'done', charged: 3 })
})

test('what is not signed by fal, too old, or about nothing of ours, changes nothing', async () => {
  const { app, fal, person, submit, tell } = await setUp()
  fal.loseAnswers()
  const id = await submit()
  await app.generations.idle()
  const job = fal.job()
  job.state = 'COMPLETED'
  const good = fal.webhookOf(job.id)
  const forged = { ...good, rawBody: Buffer.from(good.rawBody.toString().replace('OK', 'KO')) }
  const old = fal.webhookOf(job.id, { timestamp: Math.floor(app.clock.now() / 1000) - 301 })
  for (const call of [forged, old, { headers: {}, rawBody: good.rawBody } as typeof good])
    expect((await tell(id, call)).statusCode).toBe(404)
  expect((await tell('nothing', good)).statusCode).toBe(400)
  expect((await tell(randomUUIDv7(), good)).statusCode).toBe(204)
  expect(await app.generation(person, id)).toMatchObject({ state: 'unknown' })
})
