import { describe as describeAnything, test as plainTest } from 'vitest'
import { startDesk } from './desk.ts'
import { missingTools } from './tools.ts'

/** Skips its tests where a real window cannot be shown. */
export const describe = describeAnything.skipIf(missingTools.length > 0)

/** A test at a desk: one desk for all tests of a file. A failure leaves a picture of the screen. */
export const test = plainTest
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from this pattern what a fixture needs.
  .extend('desk', { scope: 'file' }, async ({}, { onCleanup }) => {
    const desk = await startDesk()
    onCleanup(desk.close)
    return desk
  })
  .extend('screenshot', { auto: true }, ({ desk, task, onTestFailed }) => {
    onTestFailed(() => desk.screenshot(task.name))
  })
