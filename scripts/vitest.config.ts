import { defineConfig } from 'vitest/config'

const root = new URL('..', import.meta.url).pathname

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
          // Longer than what one test waits for, so that it is the wait that fails and says what it saw.
          testTimeout: 180_000,
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 300_000,
          // Much of their time they wait for a page or a clock.
          maxWorkers: 2,
        },
      },
      {
        root,
        test: {
          name: 'headed',
          include: ['extension/e2e/headed/**/*.test.ts'],
          globalSetup: 'extension/e2e/headed/say-skipped.ts',
          testTimeout: 180_000,
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
