/**
 * Keeps one vitest in a copy of the repository, so that what does not change between two mutants is read once. A process
 * of its own: a mutant may loop for ever, and then its whole group is ended.
 */
import { createVitest } from 'vitest/node'

export interface Run {
  tests: string[]
  /** Files that are not as they were at the last run. */
  changed: string[]
}

export interface Ran {
  /** The tests that failed; with `--bail` the first of them. */
  failed: { file: string; title: string; byTime: boolean }[]
}

let failed: Ran['failed'] = []
const fails = (file: string, title: string, message = '') =>
  failed.push({ file, title, byTime: /timed out in \d+ms/.test(message) })

const bail = process.argv.includes('--bail') ? 1 : 0
const vitest = await createVitest(
  'test',
  {
    config: 'scripts/vitest.config.ts',
    project: ['unit'],
    watch: false,
    bail,
    reporters: [
      {
        onTestCaseResult(test) {
          const { state, errors } = test.result()
          if (state === 'failed') fails(test.module.moduleId, test.fullName, errors[0]?.message)
        },
        onTestModuleEnd(module) {
          for (const { message } of module.errors()) fails(module.moduleId, message, message)
        },
      },
    ],
    silent: true,
    maxWorkers: 2,
    // A test file that finds a module loaded already would not reach what that module does while it loads.
    isolate: true,
    // A test that a mutant keeps from ending is one that has noticed it.
    testTimeout: 20_000,
    // The gap that a mutant opens must be found by the tests as they are, not by a slow machine.
    retry: 0,
  },
  { logLevel: 'silent' },
)
await vitest.standalone()

process.on('message', async ({ tests, changed }: Run) => {
  failed = []
  for (const file of changed) vitest.invalidateFile(file)
  const { unhandledErrors } = await vitest.runTestFiles(tests)
  for (const error of unhandledErrors) fails('', String(error))
  process.send?.({ failed } satisfies Ran)
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
