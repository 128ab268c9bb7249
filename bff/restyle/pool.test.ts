import { afterEach, describe, expect, test } from 'vitest'
import { RestyleError } from './order.ts'
import { createPool, type Pool, type Task } from './pool.ts'

const workerUrl = new URL('./test/worker.ts', import.meta.url)
const pools: Pool[] = []

function poolOf(threads: number) {
  const pool = createPool({ threads, workerUrl })
  pools.push(pool)
  const run = (prompt: string, seed = 1) => {
    const abort = new AbortController()
    const started = Promise.withResolvers<void>()
    const task: Task = { kind: 'restyle', order: { prompt, pictures: [], width: 1, height: 1, seed } }
    const answer = pool.run(task, { signal: abort.signal, onProgress: () => started.resolve() })
    answer.catch(() => {})
    return { answer, abort, started: started.promise }
  }
  return { pool, run }
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map(pool => pool.close()))
})

describe('createPool', () => {
  test('answers every job with its own result, more jobs than threads', async () => {
    const { run } = poolOf(2)
    const answers = await Promise.all(Array.from({ length: 9 }, (_, seed) => run('echo', seed).answer))
    expect(answers.map(bytes => bytes[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  })

  test('a cancelled job ends at once and frees its thread for the next', async () => {
    const { run } = poolOf(1)
    const endless = run('wait')
    const next = run('echo', 7)
    await endless.started
    endless.abort.abort()
    await expect(endless.answer).rejects.toMatchObject({ code: 'cancelled' })
    expect((await next.answer)[0]).toBe(7)
  })

  test('a job cancelled in the queue never starts', async () => {
    const { run } = poolOf(1)
    const endless = run('wait')
    await endless.started
    const queued = run('die')
    const last = run('echo', 5)
    queued.abort.abort()
    await expect(queued.answer).rejects.toMatchObject({ code: 'cancelled' })
    endless.abort.abort()
    expect((await last.answer)[0]).toBe(5)
  })

  test('a job that is cancelled before it is given starts nothing', async () => {
    const { pool } = poolOf(1)
    const order = { prompt: 'die', pictures: [], width: 1, height: 1, seed: 1 }
    const given = pool.run({ kind: 'restyle', order }, { signal: AbortSignal.abort(), onProgress: () => {} })
    await expect(given).rejects.toMatchObject({ code: 'cancelled' })
  })

  test.each(['die', 'throw'])('a thread that ends by "%s" fails its own job only, and says why', async prompt => {
    const { run } = poolOf(1)
    const doomed = run(prompt)
    const next = run('echo', 3)
    const error = await doomed.answer.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(RestyleError)
    expect(String((error as Error).cause)).toMatch(/ended with code 3|broken on purpose/)
    expect((await next.answer)[0]).toBe(3)
  })

  test('a refusal of the worker arrives with its code', async () => {
    const { run } = poolOf(1)
    await expect(run('refuse').answer).rejects.toMatchObject({ code: 'failed', cause: 'refused on purpose' })
  })

  test('closing ends what runs and what waits, and nothing can be given afterwards', async () => {
    const { pool, run } = poolOf(1)
    const running = run('wait')
    const waiting = run('echo')
    await running.started
    await pool.close()
    await expect(running.answer).rejects.toMatchObject({ code: 'interrupted' })
    await expect(waiting.answer).rejects.toMatchObject({ code: 'interrupted' })
    await expect(run('echo').answer).rejects.toMatchObject({ code: 'interrupted' })
  })
})
