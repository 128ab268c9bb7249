import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

/** Runs the steps of a package in which `good` passes and `bad` does not. */
function steps(...names: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'mimicit-steps-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const scripts = { good: 'echo all is well', bad: 'echo something is wrong && exit 3', also: 'echo the same again' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts }))
  const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, 'steps.ts'), ...names], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, said: stdout.replace(/\d+ s/g, '… s').trim().split('\n').filter(Boolean) }
}

test('every step says its name and how long it took, and the last line how long it took together', () => {
  expect(steps('good', 'also')).toEqual({
    status: 0,
    said: [
      '== good',
      'all is well',
      '== good passed after … s',
      '== also',
      'the same again',
      '== also passed after … s',
      'good … s, also … s; together … s',
    ],
  })
})

test('a step that fails is the last one, and the whole fails', () => {
  const { status, said } = steps('good', 'bad', 'also')
  expect(status).toBe(1)
  expect(said.slice(3)).toEqual([
    '== bad',
    'something is wrong',
    '== bad failed after … s',
    'good … s, bad … s; together … s',
  ])
})
