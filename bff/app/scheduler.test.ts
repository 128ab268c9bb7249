import { expect, test } from 'vitest'
import { createClock } from '../test/clock.ts'
import { startScheduler } from './scheduler.ts'

const minute = 60_000

/** The scheduler with tasks that write down what happens to them; `look` goes on until the stop. */
function setUp() {
  const clock = createClock()
  const begun: string[] = []
  const errors: unknown[] = []
  const task = (name: string) => async () => {
    begun.push(name)
  }
  const ended = Promise.withResolvers<void>()
  const scheduler = startScheduler({
    purge: { deletedPictures: async () => begun.push('pictures'), endedJobs: task('jobs'), orphans: async () => 0 },
    identity: { sweep: async () => Promise.reject(new Error('broken')) },
    jobs: { sweep: task('open jobs') },
    billing: { sweep: task('billing') },
    watch: {
      look: async stopping => {
        begun.push('ledger')
        stopping!.addEventListener('abort', () => begun.push('the look hears of the stop'))
        await ended.promise
      },
    },
    timers: clock.timers,
    onError: error => errors.push(error),
  })
  return { clock, begun, errors, scheduler, endLook: ended.resolve }
}

test('everything runs at the start but the look through the ledger, which comes after a day', async () => {
  const { clock, begun, errors } = setUp()
  expect(begun).toEqual(['pictures', 'open jobs', 'jobs', 'billing'])
  await new Promise(setImmediate)
  begun.length = 0
  clock.advance(5 * minute)
  await new Promise(setImmediate)
  expect(new Set(begun)).toEqual(new Set(['pictures', 'open jobs']))
  expect(errors).toEqual([new Error('broken')])
  clock.advance(24 * 60 * minute)
  expect(begun).toContain('ledger')
})

test('a stop tells what is under way, waits for it, and lets nothing begin', async () => {
  const { clock, begun, scheduler, endLook } = setUp()
  clock.advance(24 * 60 * minute)
  begun.length = 0
  let hasStopped = false
  const stopped = scheduler.stop().then(() => {
    hasStopped = true
  })
  expect(begun).toEqual(['the look hears of the stop'])
  await new Promise(setImmediate)
  expect(hasStopped).toBe(false)
  endLook()
  await stopped
  clock.advance(48 * 60 * minute)
  expect(begun).toEqual(['the look hears of the stop'])
})
