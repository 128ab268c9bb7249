import { defineConfig } from 'vitest/config'

const root = new URL('..', import.meta.url).pathname

/** Only for what hangs, and longer than one wait of a test: it is the wait that fails and says what it saw. */
const browserLimits = {
  testTimeout: 600_000,
  hookTimeout: 600_000,
  expect: { poll: { timeout: 120_000 } },
}

export default defineConfig({
  root,
  test: {
    // Read by `npm run promises`, `npm run cases` and .ci/run.
    reporters: ['default', 'json'],
    outputFile: { json: `${root}.output/reports/${process.env.npm_lifecycle_event?.replace(':', '-') ?? 'last'}.json` },
    projects: [
      './scripts/vitest.unit.config.ts',
      {
        root,
        test: {
          name: 'e2e',
          include: ['extension/e2e/**/*.test.ts'],
          exclude: ['extension/e2e/headed/**'],
          ...browserLimits,
          // Much of their time they wait for a page.
          maxWorkers: 2,
          // The backend and all it imports are read once for each worker; every file has its own backend and browser.
          isolate: false,
        },
      },
      {
        root,
        test: {
          name: 'headed',
          include: ['extension/e2e/headed/**/*.test.ts'],
          globalSetup: 'extension/e2e/headed/say-skipped.ts',
          ...browserLimits,
          fileParallelism: false,
        },
      },
    ],
  },
})
