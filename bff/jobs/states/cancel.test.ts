import { expect, onTestFinished, test } from 'vitest'
import { audit } from '../../ledger/audit.ts'
import { aPicture, type TestAppOptions, type TestPerson, testApp } from '../../test/app.ts'
import { createFakeProvider } from '../../test/fake-provider.ts'

async function setUp(options?: TestAppOptions) {
  const app = await testApp(options)
  onTestFinished(() => app.close())
  const cancel = (person: TestPerson, id: string) =>
    app.http.inject({ method: 'POST', url: `/v1/generations/${id}/cancel`, headers: person.headers })
  return { app, person: await app.addPerson(), picture: await aPicture(), cancel }
}

test('a queued job is stopped before anybody is called', async () => {
  const { app, person, picture, cancel } = await setUp({ limits: { concurrency: 1 } })
  await app.submit(person, picture)
  const { id } = (await app.submit(person, picture)).json()
  const answer = await cancel(person, id)
  expect([answer.statusCode, answer.json()]).toMatchObject([200, { state: 'failed', problem: 'cancelled' }])
  ;(await app.provider.called(0)).answer(picture)
  await app.generations.idle()
  expect(app.provider.calls).toHaveLength(1)
  expect(await app.balance(person)).toMatchObject({ available: 49, held: 0 })
  expect(await audit(app.database.read)).toEqual([])
})

test('a running job is stopped at once; a result that comes all the same is not delivered and not paid', async () => {
  const { app, person, picture, cancel } = await setUp()
  const { id } = (await app.submit(person, picture)).json()
  const call = await app.provider.called(0)
  expect((await cancel(person, id)).json()).toMatchObject({ state: 'failed', problem: 'cancelled', progress: null })
  expect(call.control.signal.aborted).toBe(true)
  call.control.onProgress(0.9)
  call.answer(picture)
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state: 'failed', pictures: [], progress: null })
  expect((await app.get(person, '/v1/pictures')).json().pictures).toEqual([])
  expect((await app.files()).filter(({ path }) => path.includes('blobs'))).toEqual([])
  expect(await app.balance(person)).toMatchObject({ available: 50, held: 0 })
  expect(await audit(app.database.read)).toEqual([])
})

test('stopping twice answers the same', async () => {
  const { app, person, picture, cancel } = await setUp()
  const { id } = (await app.submit(person, picture)).json()
  const answers = await Promise.all([cancel(person, id), cancel(person, id)])
  expect(answers.map(answer => [answer.statusCode, answer.json().problem])).toEqual([
    [200, 'cancelled'],
    [200, 'cancelled'],
  ])
  expect(await app.balance(person)).toMatchObject({ available: 50, held: 0 })
})

test('a job that is done, and a paid call that has left, can no longer be stopped', async () => {
  const free = await setUp()
  const done = (await free.app.submit(free.person, free.picture)).json()
  ;(await free.app.provider.called(0)).answer(free.picture)
  await free.app.generations.idle()
  expect((await free.cancel(free.person, done.id)).json()).toMatchObject({ status: 409, code: 'not_cancellable' })

  const paid = await setUp({ provider: createFakeProvider({ repeatable: false }) })
  const running = (await paid.app.submit(paid.person, paid.picture)).json()
  const call = await paid.app.provider.called(0)
  expect((await paid.cancel(paid.person, running.id)).json()).toMatchObject({ code: 'not_cancellable' })
  expect(call.control.signal.aborted).toBe(false)
  call.answer(paid.picture)
  await paid.app.generations.idle()
  expect(await paid.app.generation(paid.person, running.id)).toMatchObject({ state: 'done' })
})

test('a job of somebody else looks exactly like none', async () => {
  const { app, person, picture, cancel } = await setUp()
  const { id } = (await app.submit(person, picture)).json()
  const stranger = await app.addPerson()
  const nobodys = id.replace(/.$/, (digit: string) => (digit === '0' ? '1' : '0'))
  for (const ask of [cancel, (who: TestPerson, job: string) => app.get(who, `/v1/generations/${job}`)]) {
    const [theirs, missing] = [await ask(stranger, id), await ask(stranger, nobodys)]
    expect(theirs.statusCode).toBe(404)
    expect(theirs.body).toBe(missing.body)
  }
  expect((await app.get(stranger, '/v1/generations')).json()).toEqual({ generations: [] })
  expect(await app.generation(person, id)).toMatchObject({ state: expect.stringMatching(/queued|calling/) })
})

test('ids that are none are refused', async () => {
  const { app, person, cancel } = await setUp()
  for (const id of ['..%2f..%2fetc', '%00', 'a'.repeat(300), '00000000-0000-4000-8000-000000000000']) {
    expect([400, 404, 414]).toContain((await app.get(person, `/v1/generations/${id}`)).statusCode)
    expect([400, 404, 414]).toContain((await cancel(person, id)).statusCode)
  }
})
