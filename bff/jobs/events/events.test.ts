import { expect, onTestFinished, test } from 'vitest'
import { retention } from '../../privacy/retention.ts'
import { aPicture, type TestAppOptions, type TestPerson, testApp } from '../../test/app.ts'
import { openEvents, type ReadEvent } from '../../test/event-reader.ts'
import { until } from '../../test/until.ts'

async function setUp(options?: TestAppOptions) {
  const app = await testApp(options)
  onTestFinished(() => app.close())
  const person = await app.addPerson()
  const picture = await aPicture()
  return {
    app,
    person,
    picture,
    open: (who: TestPerson = person, lastEventId?: string) => openEvents(app.http, who.headers, lastEventId),
    async makeOne() {
      const before = app.provider.calls.length
      const { id } = (await app.submit(person, picture)).json()
      ;(await app.provider.called(before)).answer(picture)
      await until(async () => (await app.generation(person, id)).state === 'done')
      return id as string
    },
  }
}
const named = (events: ReadEvent[], name: string) => events.filter(({ event }) => event === name)

test('a new stream says reset, then each step of a job, its progress and the balance', async () => {
  const { app, person, picture, open } = await setUp()
  const stream = await open()
  expect(stream.headers['content-type']).toContain('text/event-stream')
  expect(await stream.read(1)).toEqual([{ event: 'reset', id: '0', data: {} }])

  const { id } = (await app.submit(person, picture)).json()
  const call = await app.provider.called(0)
  await until(() => named(stream.events(), 'job').length === 2)
  call.control.onProgress(0.25)
  await until(() => named(stream.events(), 'progress').length === 1)
  call.answer(picture)
  await until(() => named(stream.events(), 'job').length === 4)
  await until(() => named(stream.events(), 'balance').length >= 2)
  const events = stream.events()
  expect(named(events, 'job')).toMatchObject(
    ['queued', 'calling', 'storing', 'done'].map((state, i) => ({
      id: String(i + 1),
      data: { generationId: id, state },
    })),
  )
  expect(named(events, 'progress')).toEqual([
    { event: 'progress', id: null, data: { generationId: id, progress: 0.25 } },
  ])
  expect(JSON.stringify(events)).not.toContain('ink')
})

test('whoever comes back gets exactly what was missed, in order, and only their own', async () => {
  const { app, open, makeOne } = await setUp()
  const first = await open()
  const id = await makeOne()
  await until(() => named(first.events(), 'job').length === 4)
  first.close()
  const stranger = await app.addPerson()
  const theirs = (await app.submit(stranger, await aPicture())).json()
  await app.provider.called(1)
  const missed = await makeOne()

  const second = await open(undefined, '4')
  const events = await second.read(4)
  expect(named(events, 'reset')).toEqual([])
  expect(events.map(event => (event.data as { generationId: string }).generationId)).toEqual(Array(4).fill(missed))
  expect(events.map(event => Number(event.id))).toEqual(events.map(event => Number(event.id)).toSorted((a, b) => a - b))
  expect([id, theirs.id]).not.toContain(missed)
  const partly = await open(undefined, events[1]!.id!)
  expect(await partly.read(2)).toEqual(events.slice(2))
})

test('more events than one read takes all arrive', async () => {
  const { app, person, open, makeOne } = await setUp()
  const job_id = await makeOne()
  await app.database.write(trx =>
    trx
      .insertInto('event')
      .values(Array.from({ length: 350 }, () => ({ person_id: person.id, job_id, state: 'calling' as const, at: 0 })))
      .execute(),
  )
  const events = await (await open(undefined, '1')).read(353)
  expect(new Set(events.map(event => event.id)).size).toBe(353)
})

test('a cursor that is too old, from the future or no number is not guessed at', async () => {
  const { app, person, open, makeOne } = await setUp()
  await makeOne()
  expect((await (await open(undefined, '999')).read(1))[0]).toMatchObject({ event: 'reset', id: '4' })
  app.clock.advance(retention.events + 1)
  await makeOne()
  await app.purge.endedJobs()
  expect((await (await open(undefined, '3')).read(1))[0]).toMatchObject({ event: 'reset', id: '8' })
  expect((await (await open(undefined, '6')).read(2)).map(event => event.event)).toEqual(['job', 'job'])
  for (const cursor of ['x', '-1', '1.5', '9'.repeat(30)]) {
    const headers = { ...person.headers, 'last-event-id': cursor }
    expect((await app.http.inject({ url: '/v1/events', headers })).json()).toMatchObject({ code: 'invalid_request' })
  }
})

test('a heartbeat stands every 15 seconds', async () => {
  const { app, open } = await setUp()
  const stream = await open()
  await stream.read(1)
  await until(() => stream.heartbeats() === 1)
  for (let beat = 2; beat <= 4; beat++) {
    app.clock.advance(15_000)
    await until(() => stream.heartbeats() === beat)
  }
})

test('a sixth stream of one person ends the oldest; others keep theirs', async () => {
  const { app, open } = await setUp()
  const other = await open(await app.addPerson())
  const streams = []
  for (let i = 0; i < 20; i++) {
    const stream = await open()
    await stream.read(1)
    streams.push(stream)
  }
  await Promise.all(streams.slice(0, 15).map(stream => stream.untilEnded()))
  expect(streams.map(stream => stream.isEnded())).toEqual([...Array(15).fill(true), ...Array(5).fill(false)])
  expect(other.isEnded()).toBe(false)
})

test('a revoked session ends its streams at once, and no others', async () => {
  const { app, person, open } = await setUp()
  const stream = await open()
  const other = await open(await app.addPerson())
  await stream.read(1)
  app.revoke(person)
  await stream.untilEnded()
  expect(other.isEnded()).toBe(false)
})

test('a stream ends by itself after a quarter of an hour, and when the server stops', async () => {
  const { app, open } = await setUp()
  const long = await open()
  await long.read(1)
  app.clock.advance(15 * 60_000)
  await long.untilEnded()
  const last = await open()
  await last.read(1)
  await app.http.close()
  await last.untilEnded()
})

test('a client that has gone leaves no timer and no listener', async () => {
  const { app, person } = await setUp()
  const origin = await app.http.listen({ host: '127.0.0.1', port: 0 })
  const gone = new AbortController()
  const answer = await fetch(`${origin}/v1/events`, { headers: person.headers, signal: gone.signal })
  const { value } = await answer.body!.getReader().read()
  expect(new TextDecoder().decode(value)).toContain('event: reset')
  expect(app.clock.waiting()).toBe(2)
  gone.abort()
  await until(() => app.clock.waiting() === 0)
})

test('progress is told a few times a second, never backwards', async () => {
  const { app, person, picture, open } = await setUp()
  const stream = await open()
  const { id } = (await app.submit(person, picture)).json()
  const { control } = await app.provider.called(0)
  const told = () => named(stream.events(), 'progress').map(event => (event.data as { progress: number }).progress)
  for (let step = 1; step <= 100; step++) control.onProgress(step / 200)
  await until(() => told().length === 1)
  expect((await app.generation(person, id)).progress).toBe(0.5)
  app.clock.advance(200)
  control.onProgress(0.1)
  await until(() => told().length === 2)
  for (const wild of [7, Number.NaN, -1]) control.onProgress(wild)
  expect((await app.generation(person, id)).progress).toBe(1)
  expect(told()).toEqual([0.005, 0.5])
})
