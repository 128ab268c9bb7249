import { writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { audit } from '../../ledger/audit.ts'
import { filesOf } from '../../library/pictures.ts'
import { aPicture, type TestApp, type TestAppOptions, testApp } from '../../test/app.ts'
import { createFakeProvider } from '../../test/fake-provider.ts'
import { until } from '../../test/until.ts'

let picture: Buffer
beforeAll(async () => {
  picture = await aPicture()
})

async function setUp(options?: TestAppOptions) {
  const app = await testApp(options)
  onTestFinished(() => app.close())
  const person = await app.addPerson()
  return { app, person, id: (await app.submit(person, picture)).json().id as string }
}
const freed = { available: 50, held: 0 }

/** A process that was killed after the result was on the disk and the job said so, and before the picture's row. */
async function killedWhileStoring(app: TestApp, id: string): Promise<string> {
  const { promise: never } = Promise.withResolvers<never>()
  const { put } = app.blobs
  let puts = 0
  app.blobs.put = (personId, sealed) => (++puts === 1 ? put(personId, sealed) : never)
  ;(await app.provider.called(0)).answer(picture)
  await until(async () => (await row(app, id)).state === 'storing')
  app.blobs.put = put
  return (await filesOf(app.database.read, id))[0]!
}
const row = (app: TestApp, id: string) =>
  app.database.read.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

describe('[C67a] killed at each step of a job', () => {
  test('queued: its pictures died with the process, so it ends and the credits return', async () => {
    const { app, person } = await setUp({ limits: { concurrency: 1 } })
    const { id } = (await app.submit(person, picture)).json()
    await app.restart()
    expect(await app.generation(person, id)).toMatchObject({ state: 'failed', problem: 'interrupted' })
    expect(await app.balance(person)).toMatchObject(freed)
    expect(await audit(app.database.read)).toEqual([])
  })

  test.each([
    ['a repeatable provider', true, 'failed'],
    ['a paid provider', false, 'unknown'],
  ])(
    'calling %s: never called again, and the credits return; its late answer changes nothing',
    async (_n, repeatable, state) => {
      const { app, person, id } = await setUp({ provider: createFakeProvider({ repeatable }) })
      const call = await app.provider.called(0)
      await app.restart({ undead: true })
      expect(await app.generation(person, id)).toMatchObject({ state, problem: 'interrupted' })
      const thrownAway = lateResultThrownAway(app)
      call.answer(picture)
      await thrownAway
      expect(await app.generation(person, id)).toMatchObject({ state, pictures: [] })
      expect(app.provider.calls).toHaveLength(1)
      expect(await app.balance(person)).toMatchObject(freed)
      expect((await app.files()).filter(({ path }) => path.includes('blobs'))).toEqual([])
      expect(await audit(app.database.read)).toEqual([])
    },
  )

  /** Resolves when the old process' result has been put and taken away again. */
  function lateResultThrownAway(app: TestApp): Promise<void> {
    const removed = Promise.withResolvers<void>()
    const { remove } = app.blobs
    app.blobs.remove = async (personId, hash) => {
      await remove(personId, hash)
      removed.resolve()
    }
    return removed.promise
  }

  test('storing, file whole: the person gets the picture and pays for it', async () => {
    const { app, person, id } = await setUp()
    await killedWhileStoring(app, id)
    await app.restart()
    const job = await app.generation(person, id)
    expect(job).toMatchObject({ state: 'done', pictures: [{ width: 48, height: 32, mime: 'image/png' }] })
    const file = await app.get(person, `/v1/pictures/${job.pictures[0]!.id}/file`)
    expect(file.rawPayload.equals(picture)).toBe(true)
    expect((await app.get(person, `/v1/pictures/${job.pictures[0]!.id}/thumbnail`)).statusCode).toBe(200)
    expect(await app.balance(person)).toMatchObject({ available: 49, held: 0 })
    expect(await audit(app.database.read)).toEqual([])
  })

  test.each<[string, (app: TestApp, personId: string, hash: string) => Promise<unknown>]>([
    ['gone', (app, personId, hash) => app.blobs.remove(personId, hash)],
    [
      'damaged',
      async (app, _personId, hash) => {
        const { path, bytes } = (await app.files()).find(file => file.path.endsWith(hash))!
        await writeFile(path, bytes.fill(0, 40, 41))
      },
    ],
  ])('storing, file %s: unknown, and the credits return', async (_name, harm) => {
    const { app, person, id } = await setUp()
    await harm(app, person.id, await killedWhileStoring(app, id))
    await app.restart()
    expect(await app.generation(person, id)).toMatchObject({ state: 'unknown', problem: 'interrupted', pictures: [] })
    expect(await app.balance(person)).toMatchObject(freed)
    expect(app.errors).toHaveLength(1)
    expect(await audit(app.database.read)).toEqual([])
  })

  test('recovering again changes nothing', async () => {
    const { app, person, id } = await setUp()
    await app.provider.called(0)
    await app.restart()
    const first = await app.generation(person, id)
    await app.restart()
    expect(await app.generation(person, id)).toEqual(first)
    expect(await app.database.read.selectFrom('event').select('seq').execute()).toHaveLength(3)
  })
})

test('a stop within the grace time lets a running job finish, and ends what waits', async () => {
  const { app, person, id } = await setUp({ limits: { concurrency: 1 } })
  const waiting = (await app.submit(person, picture)).json()
  const call = await app.provider.called(0)
  const stopped = app.generations.stop({ graceMs: 10_000 })
  expect((await app.submit(person, picture)).json()).toMatchObject({ status: 503, code: 'unavailable' })
  app.clock.advance(9_999)
  call.answer(picture)
  await stopped
  expect(await app.generation(person, id)).toMatchObject({ state: 'done' })
  expect(await app.generation(person, waiting.id)).toMatchObject({ state: 'failed', problem: 'interrupted' })
  expect(app.provider.calls).toHaveLength(1)
  expect(await app.balance(person)).toMatchObject({ available: 49, held: 0 })
  expect(await audit(app.database.read)).toEqual([])
})

test.each([
  ['a repeatable provider', true, 'failed'],
  ['a paid provider', false, 'unknown'],
])('a stop ends the call of %s when the grace is over', async (_name, repeatable, state) => {
  const { app, person, id } = await setUp({ provider: createFakeProvider({ repeatable }) })
  const call = await app.provider.called(0)
  const stopped = app.generations.stop({ graceMs: 10_000 })
  app.clock.advance(10_000)
  await stopped
  expect(call.control.signal.aborted).toBe(true)
  expect(await app.generation(person, id)).toMatchObject({ state, problem: 'interrupted' })
  expect(await app.balance(person)).toMatchObject(freed)
  expect(await audit(app.database.read)).toEqual([])
})

test('a stop does not wait for a disk that stays full', async () => {
  const { app, person, id } = await setUp()
  let puts = 0
  app.blobs.put = () => {
    puts += 1
    return Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }))
  }
  ;(await app.provider.called(0)).answer(picture)
  await until(() => puts === 1)
  const stopped = app.generations.stop({ graceMs: 100 })
  app.clock.advance(100)
  await stopped
  expect(await app.generation(person, id)).toMatchObject({ state: 'failed', problem: 'storage_full' })
  expect(await app.balance(person)).toMatchObject(freed)
})

test('[C71b] a disk that is full while the result is stored: tried again, then given up without a charge', async () => {
  const { app, person, id } = await setUp()
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
  const { put } = app.blobs
  let isFull = true
  let puts = 0
  app.blobs.put = (personId, sealed) => {
    puts += 1
    return isFull ? Promise.reject(full) : put(personId, sealed)
  }
  ;(await app.provider.called(0)).answer(picture)
  for (let attempt = 1; attempt <= 5; attempt++) {
    await until(() => puts === attempt)
    await until(() => app.clock.waiting() > 0 || attempt === 5)
    app.clock.advance(30_000)
  }
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state: 'failed', problem: 'storage_full' })
  expect(await app.balance(person)).toMatchObject(freed)

  const again = (await app.submit(person, picture)).json()
  ;(await app.provider.called(1)).answer(picture)
  await until(() => puts === 6)
  isFull = false
  await until(() => app.clock.waiting() > 0)
  app.clock.advance(30_000)
  await app.generations.idle()
  expect(await app.generation(person, again.id)).toMatchObject({ state: 'done' })
  expect(app.provider.calls).toHaveLength(2)
  expect(await audit(app.database.read)).toEqual([])
})
