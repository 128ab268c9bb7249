import type { Timers } from '../jobs/timers.ts'

/** A clock that stands still until the test moves it, with the timers that hang on it. */
export interface Clock {
  now: () => number
  timers: Timers
  /** Moves on, running what falls due in its order. */
  advance(ms: number): void
  /** Somebody sets the clock: the time of day changes, what was waited for does not come nearer. */
  leap(ms: number): void
  /** How many timers stand. */
  waiting(): number
}

interface Alarm {
  at: number
  every: number | null
  run: () => void
}

export function createClock(start = Date.UTC(2026, 5, 1)): Clock {
  let time = start
  /** What the time of day is ahead of the time that has passed. */
  let offset = 0
  const alarms = new Set<Alarm>()
  const add = (alarm: Alarm) => {
    alarms.add(alarm)
    return () => void alarms.delete(alarm)
  }
  const next = (until: number) => [...alarms].filter(alarm => alarm.at <= until).sort((a, b) => a.at - b.at)[0]

  return {
    now: () => time + offset,
    timers: {
      after: (ms, run) => add({ at: time + ms, every: null, run }),
      every: (ms, run) => add({ at: time + ms, every: ms, run }),
      elapsed: () => time,
    },
    advance(ms) {
      const until = time + ms
      for (let alarm = next(until); alarm; alarm = next(until)) {
        time = Math.max(time, alarm.at)
        if (alarm.every === null) alarms.delete(alarm)
        else alarm.at += alarm.every
        alarm.run()
      }
      time = until
    },
    leap(ms) {
      offset += ms
    },
    waiting: () => alarms.size,
  }
}
