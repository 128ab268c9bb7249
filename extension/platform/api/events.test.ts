import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type BackendEvent, followEvents, readEvent, silenceLimit } from './events.ts'
import { ApiProblem } from './problem.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A stream that the test writes to; aborting its signal breaks it, as a real fetch does. */
function createLine(signal: AbortSignal) {
  let controller!: ReadableStreamDefaultController<Uint8Array>
  const body = new ReadableStream<Uint8Array>({
    start: given => {
      controller = given
    },
  })
  signal.addEventListener('abort', () => controller.error(signal.reason))
  return {
    response: new Response(body),
    write: (text: string) => controller.enqueue(new TextEncoder().encode(text)),
    end: () => controller.close(),
  }
}

function follow(answers: (ApiProblem | 'line')[]) {
  const stop = new AbortController()
  const lines: ReturnType<typeof createLine>[] = []
  const cursors: (string | undefined)[] = []
  const pauses: number[] = []
  const events: BackendEvent[] = []
  const connected: boolean[] = []
  const done = followEvents(
    {
      open: async (cursor, signal) => {
        cursors.push(cursor)
        const answer = answers.shift() ?? new ApiProblem('signed_out', 401)
        if (answer !== 'line') throw answer
        const line = createLine(signal)
        lines.push(line)
        return line.response
      },
      pause: async ms => void pauses.push(ms),
      random: () => 1,
    },
    {
      signal: stop.signal,
      lastEventId: '3',
      onEvent: event => events.push(event),
      onConnected: value => connected.push(value),
    },
  )
  done.catch(() => {})
  return { stop, lines, cursors, pauses, events, connected, done }
}

const job = (id: number) => `id: ${id}\nevent: job\ndata: {"generationId":"g","state":"queued"}\n\n`
const settle = () => vi.advanceTimersByTimeAsync(0)

test('a lost stream goes on after the last event seen', async () => {
  const run = follow(['line', 'line'])
  await settle()
  run.lines[0]!.write(`${job(4)}event: progress\ndata: {"generationId":"g","progress":0.5}\n\n${job(5)}`)
  await settle()
  run.lines[0]!.end()
  await settle()
  expect(run.cursors).toEqual(['3', '5'])
  expect(run.events.map(event => event.type)).toEqual(['job', 'progress', 'job'])
  expect(run.connected).toEqual([true, false, true])
  run.stop.abort()
  await run.done
})

test('35 s of silence counts as a dead line; a heartbeat does not', async () => {
  const run = follow(['line', 'line'])
  await settle()
  await vi.advanceTimersByTimeAsync(silenceLimit - 1)
  run.lines[0]!.write(': heartbeat\n\n')
  await vi.advanceTimersByTimeAsync(silenceLimit - 1)
  expect(run.lines).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(run.lines).toHaveLength(2)
  run.stop.abort()
  await run.done
})

test('pauses grow to 30 s while the backend is away, and start small again after an event', async () => {
  const away = new ApiProblem('unreachable')
  const run = follow([...Array<ApiProblem>(7).fill(away), 'line', away, away])
  await settle()
  run.lines[0]!.write(job(4))
  await settle()
  run.lines[0]!.end()
  await settle()
  expect(run.pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 1000, 2000, 4000])
})

test.each(['signed_out', 'update_needed'] as const)('%s ends the following: waiting cannot help', async code => {
  const run = follow([new ApiProblem(code)])
  await expect(run.done).rejects.toMatchObject({ code })
  expect(run.pauses).toEqual([])
})

test('stopping ends it quietly and closes the line', async () => {
  const run = follow(['line'])
  await settle()
  run.stop.abort()
  await expect(run.done).resolves.toBeUndefined()
  expect(run.connected).toEqual([true, false])
})

test.each([
  ['job', '{"generationId":"g","state":"done"}', { type: 'job', id: '9', data: { generationId: 'g', state: 'done' } }],
  ['progress', '{"generationId":"g","progress":1}', { type: 'progress', data: { generationId: 'g', progress: 1 } }],
  ['balance', '', { type: 'balance' }],
  ['reset', '{}', { type: 'reset' }],
  ['job', '{"generationId":1,"state":"done"}', null],
  ['job', 'not json', null],
  ['progress', '{"generationId":"g"}', null],
  ['something-new', '{"generationId":"g"}', null],
])('%s with %s', (event, data, expected) => {
  expect(readEvent({ event, data, id: '9' })).toEqual(expected)
})
