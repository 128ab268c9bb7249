import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Generation } from '../../bff/contract/generations.ts'
import type { Picture } from '../../bff/contract/library.ts'
import type { BackendEvent } from '../platform/api/events.ts'
import { ApiProblem } from '../platform/api/problem.ts'
import { isOpen, withGeneration } from './state.ts'
import { done, generation, idOf, picture } from './test/fixtures.ts'
import { breathe, createPanel } from './test/panel.ts'

const jobEvent = (n: number, state: Generation['state'] = 'calling'): BackendEvent => ({
  type: 'job',
  id: String(n),
  data: { generationId: idOf(n + 1000), state },
})

async function openPanel(...list: Generation[]) {
  const truth = new Map(list.map(entry => [entry.id, entry]))
  const panel = createPanel(truth)
  const leave = new AbortController()
  const following = panel.follow(leave.signal)
  panel.connect(true)
  await panel.deliverAll()
  const set = (entry: Generation) => truth.set(entry.id, entry)
  return { ...panel, truth, set, leave, following }
}

test('a panel that opens shows the jobs that are open, then their results', async () => {
  const panel = await openPanel(generation(1, { state: 'calling' }))
  expect(panel.job(1)?.state).toBe('calling')
  panel.set(done(1))
  panel.event(jobEvent(1, 'done'))
  await panel.deliverAll()
  expect(panel.job(1)).toMatchObject({ state: 'done', pictureIds: [idOf(1)] })
})

test('a job that was started in another panel appears', async () => {
  const panel = await openPanel()
  panel.set(generation(1))
  panel.event(jobEvent(1, 'queued'))
  await panel.deliverAll()
  expect(panel.job(1)?.state).toBe('queued')
})

test('a job of another panel whose first read failed appears all the same', async () => {
  const panel = await openPanel()
  panel.set(generation(1))
  panel.event(jobEvent(1, 'queued'))
  panel.requests[0]?.fail()
  await breathe()
  await panel.tick()
  await panel.deliverAll()
  expect(panel.job(1)?.state).toBe('queued')
})

test('progress moves the fraction without a call; a balance event reads the balance', async () => {
  const panel = await openPanel(generation(1, { state: 'calling' }))
  panel.event({ type: 'progress', data: { generationId: idOf(1001), progress: 0.5 } })
  panel.event({ type: 'balance' })
  await breathe()
  expect(panel.job(1)?.progress).toBe(0.5)
  expect(panel.balances).toHaveLength(1)
  expect(panel.requests).toEqual([])
})

test('a reset reads the list again', async () => {
  const panel = await openPanel(generation(1))
  panel.set(done(1))
  panel.event({ type: 'reset' })
  await panel.deliverAll()
  expect(panel.job(1)?.state).toBe('done')
})

test('events that come while a job is being read lead to one more read, not to many', async () => {
  const panel = await openPanel(generation(1))
  panel.event(jobEvent(1))
  panel.requests[0]?.evaluate()
  panel.set(done(1))
  panel.event(jobEvent(1, 'storing'))
  panel.event(jobEvent(1, 'done'))
  expect(panel.requests).toHaveLength(1)
  panel.requests[0]?.deliver()
  await breathe()
  expect(panel.requests).toHaveLength(1)
  await panel.deliverAll()
  expect(panel.job(1)?.state).toBe('done')
})

test('polls open jobs while the stream is down, and only while one is open', async () => {
  const panel = await openPanel(generation(1))
  panel.connect(false)
  await panel.tick()
  expect(panel.requests.map(request => request.name)).toEqual([idOf(1001)])
  panel.set(done(1))
  await panel.deliverAll()
  expect(panel.job(1)?.state).toBe('done')
  await panel.tick()
  expect(panel.requests).toEqual([])
})

test('polls when the stream is up but silent, not while it speaks', async () => {
  const panel = await openPanel(generation(1, { state: 'calling' }))
  panel.event({ type: 'progress', data: { generationId: idOf(1001), progress: 0.1 } })
  await panel.tick()
  expect(panel.requests).toEqual([])
  await panel.tick()
  expect(panel.requests.map(request => request.name)).toEqual([idOf(1001)])
})

test('polls ever less often while the backend does not answer, and as before once it does', async () => {
  const panel = await openPanel(generation(1))
  panel.connect(false)
  const waits: (number | undefined)[] = []
  for (let i = 0; i < 6; i++) {
    await panel.tick()
    panel.requests[0]?.fail()
    await breathe()
    waits.push(panel.pauses[0]?.ms)
  }
  expect(waits).toEqual([4_000, 8_000, 10_000, 10_000, 10_000, 10_000])
  await panel.tick()
  await panel.deliverAll()
  expect(panel.pauses[0]?.ms).toBe(2_000)
})

test('a list that could not be read is read again though no job is open', async () => {
  const panel = createPanel(new Map([[idOf(1001), done(1)]]))
  void panel.follow(new AbortController().signal)
  panel.requests[0]?.fail()
  await breathe()
  await panel.tick()
  await panel.deliverAll()
  expect(panel.job(1)?.state).toBe('done')
})

test('a job that the backend no longer knows goes', async () => {
  const panel = await openPanel(generation(1))
  panel.event(jobEvent(1))
  panel.requests[0]?.fail(new ApiProblem('not_found', 404))
  await breathe()
  expect(panel.job(1)).toBeUndefined()
})

test('ends with its signal; answers that arrive after the person has left are dropped', async () => {
  const panel = await openPanel(generation(1))
  panel.event(jobEvent(1))
  panel.results.empty()
  panel.leave.abort()
  await panel.following
  await panel.deliverAll()
  expect(panel.results.store.getState().jobs).toEqual({})
})

test('any order of events, polls, losses and own changes ends in what the backend says', async () => {
  const numbers = [1, 2, 3]
  const course: Generation['state'][] = ['queued', 'calling', 'queued', 'calling', 'storing']

  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(), { minLength: 30, maxLength: 150, size: 'max' }),
      fc.constantFrom('stream', 'polls'),
      async (choices, ending) => {
        const truth = new Map(numbers.map(n => [idOf(n + 1000), generation(n)]))
        const at = new Map(numbers.map(n => [n, 0]))
        const panel = createPanel(truth)
        const leave = new AbortController()
        const queue: BackendEvent[] = []
        const ended = new Set<string>()
        let isConnected = false
        void panel.follow(leave.signal)

        const advance = (n: number) => {
          const step = (at.get(n) ?? 0) + 1
          if (step > course.length) return
          at.set(n, step)
          const state = course[step]
          truth.set(idOf(n + 1000), state ? generation(n, { state }) : done(n))
          if (isConnected) queue.push(jobEvent(n), ...(n === 2 ? [jobEvent(n)] : []))
        }
        const change = (n: number, deletes: boolean) => {
          const shown = panel.results.store.getState().pictures[idOf(n)]
          if (!shown) return
          const after: Picture | null = deletes ? null : picture(n, { favourite: !shown.favourite })
          const send = () =>
            panel.request('change', () => {
              truth.set(idOf(n + 1000), { ...done(n), pictures: after ? [after] : [] })
              return after
            })
          void panel.results.change(shown.id, { before: shown, after, send }).catch(() => {})
        }
        const pick = (value: number) => panel.requests[value % Math.max(1, panel.requests.length)]
        const actions: ((value: number) => unknown)[] = [
          value => advance(numbers[value % 3]!),
          value => advance(numbers[value % 3]!),
          value => pick(value)?.evaluate(),
          value => pick(value)?.deliver(),
          value => pick(value)?.deliver(),
          value => {
            // A change that was lost may have happened; the person is told, and this test is about what is read.
            const request = pick(value)
            if (request?.name !== 'change') request?.fail()
          },
          () => queue.length > 0 && panel.event(queue.shift()!),
          () => queue.length > 0 && panel.event(queue.shift()!),
          () => panel.tick(),
          value => change(numbers[value % 3]!, value % 2 === 0),
          () => {
            isConnected = !isConnected
            if (!isConnected) queue.length = 0
            panel.connect(isConnected)
          },
        ]

        for (const choice of choices) {
          actions[choice % actions.length]!(Math.floor(choice / actions.length))
          await breathe()
          for (const job of Object.values(panel.results.store.getState().jobs)) {
            if (ended.has(job.id)) expect(isOpen(job)).toBe(false)
            else if (!isOpen(job)) ended.add(job.id)
          }
        }

        if (ending === 'stream' && !isConnected) {
          isConnected = true
          panel.connect(true)
        }
        if (ending === 'polls') {
          isConnected = false
          queue.length = 0
          panel.connect(false)
        }
        for (const n of numbers) while ((at.get(n) ?? 0) <= course.length - 1) advance(n)
        for (const event of queue.splice(0)) panel.event(event)
        await breathe()
        for (let round = 0; round < 4; round++) {
          await panel.deliverAll()
          await panel.tick()
        }
        await panel.deliverAll()
        leave.abort()

        const { jobs, pictures } = panel.results.store.getState()
        const expected = [...truth.values()]
        expect(new Map(Object.values(jobs).map(job => [job.id, job.state]))).toEqual(
          new Map(expected.map(entry => [entry.id, entry.state])),
        )
        expect(new Map(Object.entries(pictures))).toEqual(
          new Map(expected.flatMap(entry => entry.pictures.map(picture => [picture.id, picture] as const))),
        )
      },
    ),
    { numRuns: 300 },
  )
})

test('the answer to a submit shows at once and is not lost to a list that was asked for before it', async () => {
  const panel = createPanel(new Map())
  void panel.follow(new AbortController().signal)
  panel.requests[0]?.evaluate()
  panel.results.receive(generation(1), withGeneration)
  expect(panel.job(1)?.state).toBe('queued')
  await panel.deliverAll()
  expect(panel.job(1)?.state).toBe('queued')
})
