import { randomUUID, randomUUIDv7 } from 'node:crypto'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { retention } from '../privacy/retention.ts'
import { aPicture, type TestAppOptions, type TestPerson, testApp } from '../test/app.ts'
import { createFakeProvider } from '../test/fake-provider.ts'

async function setUp(options?: Pick<TestAppOptions, 'bytesInMemory'>) {
  const picture = await aPicture(600, 400, '#208040')
  const app = await testApp({ provider: createFakeProvider({ instant: picture }), ...options })
  onTestFinished(() => app.close())
  const send = (method: 'PATCH' | 'DELETE' | 'POST', who: TestPerson, url: string, payload?: object) =>
    app.http.inject({ method, url, headers: who.headers, ...(payload && { payload }) })
  const person = await app.addPerson()
  return {
    app,
    picture,
    person,
    /** Makes pictures one after the other; answers their ids, oldest first. */
    async make(count = 1, who = person): Promise<string[]> {
      const ids = []
      for (let i = 0; i < count; i++) {
        const job = (await app.submit(who, await aPicture(), { prompt: `number ${i}` })).json()
        await app.generations.idle()
        ids.push((await app.generation(who, job.id)).pictures[0]!.id)
        app.clock.advance(i % 2)
      }
      return ids
    },
    list: async (query = '', who = person) => (await app.get(who, `/v1/pictures${query}`)).json(),
    favour: (id: string, favourite: boolean, who = person) => send('PATCH', who, `/v1/pictures/${id}`, { favourite }),
    remove: (id: string, who = person) => send('DELETE', who, `/v1/pictures/${id}`),
    restore: (id: string, who = person) => send('POST', who, `/v1/pictures/${id}/restore`),
    blobs: async () => (await app.files()).filter(({ path }) => path.includes('/blobs/')),
  }
}
const ids = (list: { pictures: { id: string }[] }) => list.pictures.map(({ id }) => id)

test('[P35] a picture keeps its words, model, settings and mark', async () => {
  const { person, app, make, favour } = await setUp()
  const [id] = await make()
  expect((await favour(id!, true)).json()).toMatchObject({ id, favourite: true })
  expect((await app.get(person, `/v1/pictures/${id}`)).json()).toMatchObject({
    model: 'local-restyle',
    prompt: 'number 0',
    options: { aspect: 'source', size: '512', seed: 7 },
    mime: 'image/png',
    width: 600,
    height: 400,
    favourite: true,
  })
})

test('the list runs from new to old in pages, and every picture is in it once', async () => {
  const { make, list, favour } = await setUp()
  const made = await make(7)
  const seen: string[] = []
  let cursor = ''
  do {
    const page = await list(`?limit=3${cursor && `&cursor=${cursor}`}`)
    seen.push(...ids(page))
    cursor = page.next ?? ''
  } while (cursor)
  expect(seen).toHaveLength(7)
  expect(new Set(seen)).toEqual(new Set(made))
  expect(seen[0]).toBe(made.at(-1))
  await favour(made[2]!, true)
  expect(ids(await list('?favourite=true'))).toEqual([made[2]])
  expect(ids(await list('?favourite=false'))).toHaveLength(6)
})

test('[C36b] a cursor of somebody else, an edited one or rubbish is refused', async () => {
  const { app, make, list } = await setUp()
  await make(2)
  const { next } = await list('?limit=1')
  const stranger = await app.addPerson()
  expect(await list(`?cursor=${next}`, stranger)).toMatchObject({ status: 400, code: 'invalid_cursor' })
  for (const cursor of [next.replace(/^\d/, '9'), next.slice(0, -1), `${next}0`, 'x', '..', ''])
    expect(await list(`?cursor=${cursor}`)).toMatchObject({ status: 400, code: 'invalid_cursor' })
})

test('[C36a] nothing of another person is listed, shown, changed, deleted or brought back', async () => {
  const { app, make, list, favour, remove, restore } = await setUp()
  const [mine] = await make()
  const stranger = await app.addPerson()
  expect(await list('', stranger)).toEqual({ pictures: [], next: null })
  expect(await list(`?personId=${stranger.id}`)).toMatchObject({ code: 'unknown_field' })
  const nobodys = mine!.replace(/.$/, digit => (digit === '0' ? '1' : '0'))
  const asks = [
    (id: string) => app.get(stranger, `/v1/pictures/${id}`),
    (id: string) => app.get(stranger, `/v1/pictures/${id}/file`),
    (id: string) => app.get(stranger, `/v1/pictures/${id}/thumbnail`),
    (id: string) => favour(id, true, stranger),
    (id: string) => remove(id, stranger),
    (id: string) => restore(id, stranger),
  ]
  for (const ask of asks) {
    const [theirs, missing] = [await ask(mine!), await ask(nobodys)]
    expect([theirs.statusCode, theirs.body]).toEqual([404, missing.body])
  }
  expect(ids(await list())).toEqual([mine])
  const file = await app.http.inject(`/v1/pictures/${mine}/file`)
  expect(file.statusCode).toBe(401)
})

test('[C34] bytes are private, never stored on the way, and have a sensible name', async () => {
  const { app, person, picture, make } = await setUp()
  const [id] = await make()
  const file = await app.get(person, `/v1/pictures/${id}/file`)
  expect(file.rawPayload.equals(picture)).toBe(true)
  expect(file.headers).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'private, no-store',
    'content-disposition': `inline; filename="mimicit-2026-06-01-${id!.slice(-8)}.png"`,
  })
  const small = await app.get(person, `/v1/pictures/${id}/thumbnail`)
  expect(small.headers).toMatchObject({ 'content-type': 'image/webp', 'cache-control': 'private, no-store' })
  expect(await sharp(small.rawPayload).metadata()).toMatchObject({ format: 'webp', width: 384, height: 256 })
  const guessed = [randomUUIDv7(), id!.replace(/.$/, last => (last === '0' ? '1' : '0'))]
  for (const other of guessed) expect((await app.get(person, `/v1/pictures/${other}/file`)).statusCode).toBe(404)
  expect((await app.http.inject(`/v1/pictures/${id}/file`)).statusCode).toBe(401)
})

test('bytes on their way out have a budget, and give it back', async () => {
  const { app, person, picture, make } = await setUp({ bytesInMemory: { all: 1e6, perPerson: 6000 } })
  expect(2 * picture.length).toBeGreaterThan(6000)
  const [id] = await make()
  const read = async () => (await app.get(person, `/v1/pictures/${id}/file`)).statusCode
  for (let i = 0; i < 3; i++) expect((await Promise.all([read(), read()])).toSorted()).toEqual([200, 503])
  expect((await app.get(person, `/v1/pictures/${id}`)).statusCode).toBe(200)
})

test('ids that are none are refused', async () => {
  const { app, person } = await setUp()
  const endings = ['', '/file', '/thumbnail']
  const ask = (id: string) =>
    Promise.all(endings.map(async ending => (await app.get(person, `/v1/pictures/${id}${ending}`)).statusCode))
  for (const id of ['..%2f..%2fmimicit.sqlite', '%00', 'x']) expect([id, await ask(id)]).toEqual([id, [400, 400, 400]])
  expect(await ask(randomUUIDv7())).toEqual([404, 404, 404])
})

test('[P72] a deleted picture is gone at once, can come back for a minute, and then its files are gone', async () => {
  const { app, person, make, list, favour, remove, restore, blobs } = await setUp()
  const [kept, id] = await make(2)
  const job = (await app.get(person, `/v1/pictures/${id}`)).json().generationId
  await favour(id!, true)
  expect((await remove(id!)).statusCode).toBe(204)
  for (const url of [
    `/v1/pictures/${id}`,
    `/v1/pictures/${id}/file`,
    `/v1/pictures/${id}/thumbnail`,
    `/v1/generations/${job}`,
  ])
    expect((await app.get(person, url)).statusCode).toBe(404)
  expect(ids(await list())).toEqual([kept])
  expect((await app.get(person, '/v1/generations')).json().generations).toHaveLength(1)
  for (const again of [await remove(id!), await favour(id!, false)]) expect(again.statusCode).toBe(404)

  app.clock.advance(retention.undoDelete - 1)
  expect(await app.purge.deletedPictures()).toBe(0)
  const restored = await restore(id!)
  expect([restored.statusCode, restored.json().favourite]).toEqual([200, true])
  expect(ids(await list())).toHaveLength(2)
  expect((await restore(id!)).statusCode).toBe(404)

  await remove(id!)
  app.clock.advance(retention.undoDelete)
  expect((await restore(id!)).statusCode).toBe(404)
  expect(await blobs()).toHaveLength(4)
  expect(await app.purge.deletedPictures()).toBe(1)
  expect(await blobs()).toHaveLength(2)
  expect(await app.purge.deletedPictures()).toBe(0)
  const rows = await app.database.read.selectFrom('picture').select('id').execute()
  expect(rows).toEqual([{ id: kept }])
  const prompt = await app.database.read.selectFrom('job').select('prompt').where('id', '=', job).executeTakeFirst()
  expect(prompt?.prompt).toHaveLength(0)
  expect(await app.balance(person)).toMatchObject({ available: 48, held: 0 })
})

test('a request sent again after its picture was deleted shows neither picture nor words, and makes nothing new', async () => {
  const { app, person, remove } = await setUp()
  const key = randomUUID()
  const source = await aPicture()
  const { id } = (await app.submit(person, source, { key })).json()
  await app.generations.idle()
  await remove((await app.generation(person, id)).pictures[0]!.id)
  const again = (await app.submit(person, source, { key })).json()
  expect(again).toMatchObject({ id, state: 'done', prompt: '', pictures: [] })
  expect(app.provider.calls).toHaveLength(1)
})

test('[P37] [P38] what is not deleted is there after five years', async () => {
  const { app, person, make, list, favour } = await setUp()
  const [id] = await make()
  await favour(id!, true)
  app.clock.advance(5 * 365 * 24 * 3600_000)
  await app.purge.deletedPictures()
  await app.purge.endedJobs()
  await app.purge.orphans()
  expect((await list()).pictures).toMatchObject([{ id, favourite: true, prompt: 'number 0' }])
  expect((await app.get(person, `/v1/pictures/${id}/file`)).statusCode).toBe(200)
})

test('files without a row are swept, those of a job that is being stored are not', async () => {
  const { app, person, make, blobs } = await setUp()
  const [id] = await make()
  await app.blobs.put(person.id, [Buffer.from('orphan of a crash')])
  const storing = await app.blobs.put(person.id, [Buffer.from('being stored')])
  const { job_id } = await app.database.read
    .selectFrom('picture')
    .select('job_id')
    .where('id', '=', id!)
    .executeTakeFirstOrThrow()
  const { id: _, ...job } = await app.database.read
    .selectFrom('job')
    .selectAll()
    .where('id', '=', job_id)
    .executeTakeFirstOrThrow()
  const open = {
    ...job,
    id: job_id.replace(/^./, 'f'),
    idem: 'other',
    state: 'storing' as const,
    ended_at: null,
    charged: null,
  }
  await app.database.write(async trx => {
    await trx.insertInto('job').values(open).execute()
    await trx.insertInto('job_file').values({ job_id: open.id, position: 0, file_hash: storing }).execute()
  })
  app.clock.leap(Date.now() - app.clock.now() + 3600_000)
  expect(await app.purge.orphans()).toBe(1)
  expect(await blobs()).toHaveLength(3)
})
