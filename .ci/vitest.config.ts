import { defineConfig } from 'vitest/config'

const reports = process.env.MIMICIT_REPORT_DIR
const root = new URL('..', import.meta.url).pathname

export default defineConfig({
  root,
  test: {
    ...(reports && {
      reporters: ['default', 'json'],
      outputFile: { json: `${reports}/${process.argv.includes('e2e') ? 'e2e' : 'unit'}.json` },
    }),
    projects: [
      {
        root,
        // What wxt.config.ts puts into the built extension.
        define: { __MIMICIT_ORIGIN__: JSON.stringify('http://localhost:8787') },
        test: {
          name: 'unit',
          include: ['bff/**/*.test.ts', 'extension/**/*.test.{ts,tsx}', '.ci/**/*.test.ts'],
          exclude: ['extension/e2e/**', 'node_modules/**'],
          testTimeout: 20_000,
        },
      },
      {
        root,
        test: {
          name: 'e2e',
          include: ['extension/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
