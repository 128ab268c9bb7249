import { expect, onTestFinished } from 'vitest'
import { scanLog } from './log-scan.ts'

/** [C77] A log that is looked at when the test ends, whatever the test was about. */
export function watchedLog(): string[] {
  const log: string[] = []
  onTestFinished(() => expect(scanLog(log)).toEqual([]))
  return log
}
