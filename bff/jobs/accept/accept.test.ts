import { randomUUID } from 'node:crypto'
import { type AddressInfo, connect } from 'node:net'
import sharp from 'sharp'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { GenerationSpec } from '../../contract/generations.ts'
import { audit } from '../../ledger/audit.ts'
import { createRegistry, loadRegistry } from '../../models/registry.ts'
import { descriptors } from '../../providers/index.ts'
import { aPicture, aSpec, form, submission, type TestAppOptions, testApp } from '../../test/app.ts'
import { expectNothing } from '../../test/expect-nothing.ts'
import { until } from '../../test/until.ts'

let picture: Buffer
beforeAll(async () => {
  picture = await aPicture()
})

async function setUp(options?: TestAppOptions) {
  const app = await testApp(options)
  onTestFinished(() => app.close())
  return { app, person: await app.addPerson() }
}

test('a retired model names its successor; a retiring one still works', async () => {
  const [live] = loadRegistry(descriptors).all()
  const entry = (id: string, status: string, successor: string | null) => ({ ...live, id, status, successor })
  const registry = createRegistry([live, entry('old', 'retired', 'local-restyle'), entry('leaving', 'retiring', null)])
  const { app, person } = await setUp({ registry })
  const answer = await app.submit(person, picture, { model: 'old' })
  expect(answer.json()).toMatchObject({ status: 410, code: 'model_retired', params: { successor: 'local-restyle' } })
  expect((await app.submit(person, picture, { model: 'leaving' })).statusCode).toBe(202)
})

test('a seed left out is drawn and kept; the size follows the subject', async () => {
  const { app, person } = await setUp()
  const sources: GenerationSpec['sources'] = [
    { role: 'style', weight: 10 },
    { role: 'subject', weight: 90 },
  ]
  const parts = form(aSpec({ sources, options: { aspect: 'source', size: '1K' } }), [picture, await aPicture(300, 600)])
  const job = (await app.post(person, parts)).json()
  expect(job).toMatchObject({ width: 512, height: 1024 })
  expect(Number.isInteger(job.options.seed)).toBe(true)
  expect((await app.generation(person, job.id)).options).toEqual(job.options)
})

test('100 requests at once with credits for 3: exactly 3 holds, 97 are told what is missing', async () => {
  const { app } = await setUp()
  const poor = await app.addPerson({ credits: 3 })
  const answers = await Promise.all(Array.from({ length: 100 }, () => app.submit(poor, picture)))
  expect(answers.filter(answer => answer.statusCode === 202)).toHaveLength(3)
  const refused = answers.filter(answer => answer.statusCode === 402)
  expect(refused).toHaveLength(97)
  expect(refused[0]?.json()).toMatchObject({ code: 'insufficient_credits', params: { have: 0, need: 1 } })
  expect(await app.balance(poor)).toMatchObject({ available: 0, held: 3 })
  expect(await audit(app.database.read)).toEqual([])
})

describe('[C58] one key is one job', () => {
  test('one key 50 times at once: one hold, one call, 50 equal answers', async () => {
    const { app, person } = await setUp()
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 50 }, () => app.submit(person, picture, { key })))
    expect(new Set(answers.map(answer => answer.statusCode))).toEqual(new Set([202]))
    expect(new Set(answers.map(answer => answer.json().id)).size).toBe(1)
    expect(await app.balance(person)).toMatchObject({ available: 49, held: 1 })

    ;(await app.provider.called(0)).answer(picture)
    await app.generations.idle()
    const replay = await app.submit(person, picture, { key: key.toUpperCase() })
    expect([replay.statusCode, replay.json().state]).toEqual([202, 'done'])
    expect(app.provider.calls).toHaveLength(1)
    expect(await app.balance(person)).toMatchObject({ available: 49, held: 0 })
    expect(await audit(app.database.read)).toEqual([])
  })

  test('the key with another body is a conflict, and of another person another matter', async () => {
    const { app, person } = await setUp()
    const key = randomUUID()
    await app.submit(person, picture, { key })
    const changes = [
      () => app.submit(person, picture, { key, prompt: 'other' }),
      () => app.submit(person, picture, { key, options: { aspect: 'source', size: '512' } }),
      async () => app.submit(person, await aPicture(49, 32), { key }),
      () => app.submit(person, Buffer.from('rubbish'), { key, model: 'nothing' }),
    ]
    for (const change of changes) expect((await change()).json()).toMatchObject({ code: 'idempotency_conflict' })
    const other = await app.addPerson()
    expect((await app.submit(other, picture, { key })).statusCode).toBe(202)
    expect(await app.balance(person)).toMatchObject({ available: 49, held: 1 })
  })
})

test('a refused key may be used again', async () => {
  const { app } = await setUp()
  const person = await app.addPerson({ credits: 1 })
  const first = (await app.submit(person, picture)).json()
  const key = randomUUID()
  expect((await app.submit(person, picture, { key })).statusCode).toBe(402)
  await app.http.inject({ method: 'POST', url: `/v1/generations/${first.id}/cancel`, headers: person.headers })
  expect((await app.submit(person, picture, { key })).statusCode).toBe(202)
})

test('a person may have so many open jobs and no more', async () => {
  const { app, person } = await setUp({ limits: { openJobsPerPerson: 2 } })
  for (let i = 0; i < 2; i++) expect((await app.submit(person, picture)).statusCode).toBe(202)
  const refused = await app.submit(person, picture)
  expect(refused.json()).toMatchObject({ status: 429, code: 'too_many_jobs', params: { max: 2 } })
  expect(await app.balance(person)).toMatchObject({ available: 48, held: 2 })
  for (let i = 0; i < 2; i++) (await app.provider.called(i)).answer(picture)
  await app.generations.idle()
  expect((await app.submit(person, picture)).statusCode).toBe(202)
})

test('[C46] a full history refuses the next job before anything is held', async () => {
  const { app, person } = await setUp({ limits: { storedBytesPerPerson: 1 } })
  await app.submit(person, picture)
  ;(await app.provider.called(0)).answer(picture)
  await app.generations.idle()
  expect((await app.submit(person, picture)).json()).toMatchObject({ status: 507, code: 'quota_reached' })
  expect(await app.balance(person)).toMatchObject({ available: 49, held: 0 })
})

test('pictures of all people have one budget in memory, and it is given back', async () => {
  const { app, person } = await setUp({ limits: { sourceBytes: { all: 1000, perPerson: 1000 }, concurrency: 1 } })
  const noise = await sharp({
    create: {
      width: 64,
      height: 64,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .png()
    .toBuffer()
  expect((await app.submit(person, noise)).json()).toMatchObject({ status: 503, code: 'unavailable' })
  await expectNothing(app)
  const poor = await app.addPerson({ credits: 0 })
  for (let i = 0; i < 20; i++) {
    expect((await app.submit(person, picture, { price: 3 })).statusCode).toBe(409)
    expect((await app.submit(poor, picture)).statusCode).toBe(402)
    const { id } = (await app.submit(person, picture)).json()
    const call = await app.provider.called(i)
    if (i % 2) await app.http.inject({ method: 'POST', url: `/v1/generations/${id}/cancel`, headers: person.headers })
    else call.answer(picture)
    await app.generations.idle()
  }
})

test('an upload that breaks off gives its memory back at once', async () => {
  const size = 40_000
  const { app, person } = await setUp({ limits: { sourceBytes: { all: size, perPerson: size } } })
  await app.http.listen({ host: '127.0.0.1', port: 0 })
  const { headers, payload } = submission(person.headers, form(aSpec(), [Buffer.alloc(size)]))
  const lines = Object.entries({ host: 'x', 'content-length': payload.length, ...headers })
  const upload = connect((app.http.server.address() as AddressInfo).port, '127.0.0.1')
  upload.write(`POST /v1/generations HTTP/1.1\r\n${lines.map(line => line.join(': ')).join('\r\n')}\r\n\r\n`)
  upload.write(payload.subarray(0, -1000))
  const hasRoom = () => {
    const allotment = app.generations.budget.open(person.id)
    try {
      allotment.grow(size / 2)
      return true
    } catch {
      return false
    } finally {
      allotment.free()
    }
  }
  await until(() => !hasRoom())
  upload.destroy()
  await until(hasRoom)
  await expectNothing(app)
})
