import { describe as describeAnything, test as plainTest } from 'vitest'
import { startHeadedSession } from './session.ts'
import { missingTools } from './tools.ts'

/** Skips its tests where a real window cannot be shown. */
export const describe = describeAnything.skipIf(missingTools.length > 0)

/** A test in a session: one for all tests of a file. A failure leaves a picture of the screen. */
export const test = plainTest
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from this pattern what a fixture needs.
  .extend('session', { scope: 'file' }, async ({}, { onCleanup }) => {
    const session = await startHeadedSession()
    onCleanup(session.close)
    return session
  })
  .extend('screenshot', { auto: true }, ({ session, task, onTestFailed }) => {
    onTestFailed(() => session.screenshot(task.name))
  })
