import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { scratchFolder } from './scratch.ts'

const root = new URL('..', import.meta.url).pathname
const shared: ViteUserConfig['test'] = {
  env: { TMPDIR: scratchFolder() },
  globalSetup: new URL('scratch.ts', import.meta.url).pathname,
  // Limits are for what hangs: how long something takes says more about the machine than about it.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 120_000 } },
}

export default defineConfig({
  root,
  test: {
    name: 'unit',
    projects: [
      {
        root,
        test: {
          ...shared,
          name: 'backend',
          include: ['bff/**/*.test.ts', 'scripts/**/*.test.ts'],
          // Its modules have no state of their own, so that files can share them: loading them takes longer than most tests.
          isolate: false,
          unstubEnvs: true,
          unstubGlobals: true,
        },
      },
      {
        root,
        // What wxt.config.ts puts into the built extension.
        define: { __MIMICIT_ORIGIN__: JSON.stringify('http://localhost:8787') },
        test: {
          ...shared,
          name: 'panel',
          include: ['extension/**/*.test.{ts,tsx}'],
          exclude: ['extension/e2e/**'],
          setupFiles: new URL('vitest.panel.setup.ts', import.meta.url).pathname,
          // Its stores are modules.
          isolate: true,
        },
      },
    ],
  },
})
