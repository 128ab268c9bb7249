import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'

const source = readFileSync(join(import.meta.dirname, 'assets/handoff.js'), 'utf8')

type Answer = () => void
interface Fakes {
  sendMessage?: (extension: string, message: unknown, answer: Answer) => void
  lastError?: object
}

/** Runs the page's script against a page of four lines; `pass` lets the waiting time pass. */
function run({ sendMessage, lastError }: Fakes) {
  const lines = ['working', 'done', 'silent', 'missing'].map(outcome => ({
    dataset: { outcome },
    hidden: outcome !== 'working',
  }))
  let timer: (() => void) | undefined
  let isRemoved = false
  runInNewContext(source, {
    document: {
      currentScript: {
        dataset: { extension: 'ext', state: 's', code: 'c' },
        remove: () => {
          isRemoved = true
        },
      },
      querySelectorAll: () => lines,
    },
    chrome: sendMessage && { runtime: { sendMessage, lastError } },
    setTimeout: (run: (outcome: string) => void, _ms: number, outcome: string) => {
      timer = () => run(outcome)
      return 1
    },
    clearTimeout: () => {
      timer = undefined
    },
  })
  return {
    shown: () => lines.filter(({ hidden }) => !hidden).map(({ dataset }) => dataset.outcome),
    pass: () => timer?.(),
    isRemoved,
  }
}

test('the extension gets state and code, nothing else, and the page keeps neither', () => {
  const sent: unknown[] = []
  const { isRemoved, shown } = run({ sendMessage: (extension, message) => sent.push([extension, message]) })
  expect(sent).toEqual([['ext', { type: 'auth-state-changed', state: 's', code: 'c' }]])
  expect([isRemoved, shown()]).toEqual([true, ['working']])
})

test('when the extension answers, the page says that it is signed in', () => {
  const { shown, pass } = run({ sendMessage: (_extension, _message, answer) => answer() })
  pass()
  expect(shown()).toEqual(['done'])
})

test('when the extension is gone or ignores the message, the page says what to do', () => {
  const { shown } = run({ sendMessage: (_extension, _message, answer) => answer(), lastError: {} })
  expect(shown()).toEqual(['silent'])
})

test('when no answer comes in time, the page says what to do', () => {
  const { shown, pass } = run({ sendMessage: () => {} })
  pass()
  expect(shown()).toEqual(['silent'])
})

test('a browser without the extension is told so', () => {
  expect(run({}).shown()).toEqual(['missing'])
})
