import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { LedgerError } from '../../ledger/assert.ts'
import { createClock } from '../../test/clock.ts'
import { until } from '../../test/until.ts'
import { keepTrying } from './keep-trying.ts'

const full = new Error('no space')

function setUp(attempts?: number) {
  const { timers, advance, waiting } = createClock()
  const giveUp = new AbortController()
  const heard: unknown[] = []
  const patience = { timers, signal: giveUp.signal, onError: (error: unknown) => void heard.push(error) }
  /** Lets the next attempt come. */
  const pass = async () => {
    await until(() => waiting() > 0)
    advance(30_000)
  }
  return { patience: { ...patience, ...(attempts && { attempts }) }, giveUp, heard, pass, waiting }
}

/** Fails so often, then answers. */
function failing(times: number, error: Error = full) {
  let left = times
  return async () => {
    if (left-- > 0) throw error
    return 'done'
  }
}

test('a step that fails is repeated until it works, and every failure is heard of', async () => {
  const { patience, heard, pass, giveUp } = setUp()
  const done = keepTrying(failing(3), patience)
  for (let i = 0; i < 3; i++) await pass()
  expect(await done).toBe('done')
  expect(heard).toEqual([full, full, full])
  expect(getEventListeners(giveUp.signal, 'abort')).toEqual([])
})

test('after so many attempts, or when nobody waits any more, the last failure is the answer', async () => {
  const limited = setUp(2)
  const refused = expect(keepTrying(failing(9), limited.patience)).rejects.toBe(full)
  await limited.pass()
  await refused
  expect(limited.heard).toEqual([full])

  const stopped = setUp()
  const given = expect(keepTrying(failing(9), stopped.patience)).rejects.toBe(full)
  await until(() => stopped.waiting() > 0)
  stopped.giveUp.abort()
  await given
  expect(stopped.waiting()).toBe(0)
})

test('a ledger that refuses a step refuses it for ever: it is not tried again', async () => {
  const { patience } = setUp()
  const wrong = new LedgerError('The hold has ended before.')
  await expect(keepTrying(failing(9, wrong), patience)).rejects.toBe(wrong)
})
