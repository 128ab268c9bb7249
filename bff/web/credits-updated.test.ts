import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'

const source = readFileSync(join(import.meta.dirname, 'assets/credits-updated.js'), 'utf8')

function run(chrome: object | undefined) {
  let isRemoved = false
  const currentScript = {
    dataset: { extensions: 'one two' },
    remove: () => {
      isRemoved = true
    },
  }
  runInNewContext(source, { document: { currentScript }, ...(chrome && { chrome }) })
  return isRemoved
}

test('every extension of ours is told that credits have moved, and nothing else', () => {
  const sent: unknown[] = []
  const sendMessage = (extension: string, message: object) => sent.push([extension, { ...message }])
  expect(run({ runtime: { sendMessage } })).toBe(true)
  expect(sent).toEqual([
    ['one', { type: 'credits-updated' }],
    ['two', { type: 'credits-updated' }],
  ])
})

test('a browser without the extension is not troubled', () => {
  expect(run(undefined)).toBe(true)
  expect(run({})).toBe(true)
})
