import { expect, test } from 'vitest'
import { applied, mutantsOf, withReachNoted } from './mutate.ts'

const changed = (source: string) => mutantsOf('a.ts', source).map(mutant => applied(source, mutant))

test('operators, conditions, values, chains and effects are changed, one at a time', () => {
  expect(changed('a < b')).toEqual(['a <= b'])
  expect(changed('a + b')).toEqual(['a - b'])
  expect(changed('a && !b')).toEqual(['a || !b', 'a && b'])
  expect(changed('a ?? b')).toEqual(['a'])
  expect(changed('if (a) b()')).toEqual(['if (true) b()', 'if (false) b()', 'if (a) ;'])
  expect(changed('f = [1, "x", true]')).toEqual([
    ';',
    'f = []',
    'f = [(1 + 1), "x", true]',
    `f = [1, '', true]`,
    'f = [1, "x", false]',
  ])
  expect(changed(`const q = db.from('t').where('a', '<', b).all()`)).toEqual([
    `const q = db.from('').where('a', '<', b).all()`,
    `const q = db.from('t').all()`,
    `const q = db.from('t').where('', '<', b).all()`,
    `const q = db.from('t').where('a', '<=', b).all()`,
  ])
  expect(changed('rest -= x')).toEqual([';', 'rest += x'])
})

test('types, imports, keys, directives, and what only people read, stay', () => {
  expect(
    changed(`'use strict'
import { a } from './a.ts'
export type T = 'x' | 1
const b: 'y' = c as 'y'
const d = { 'key': a }
if (b) throw new Error('Too "bad" 1')
const e = 'A sentence for people.'`),
  ).toEqual([
    expect.stringContaining('if (true)'),
    expect.stringContaining('if (false)'),
    expect.stringContaining('if (b) ;'),
  ])
})

test('where mutants are reached is noted, and the rest of the code runs as before', () => {
  const source = `
    const double = (n: number) => n * 2
    function sign(n: number) {
      if (n < 0) return -1
      return n > 0 ? 1 : 0
    }
    export const made = () => ({ value: double(4) + sign(3) })
    return made().value
  `.replace('export ', '')
  // A function body may return; a module may not.
  const mutants = mutantsOf('a.ts', `function f() {${source}}`)
  const noted = withReachNoted(`function f() {${source}}`, mutants, start => `seen.add(${start})`)
  const stripped = noted.replaceAll(': number', '')
  const seen = new Set<number>()
  const run = new Function('seen', `${stripped}; return f()`)
  expect(run(seen)).toBe(9)
  const inSign = mutants.filter(({ change }) => change.startsWith('n > 0') || change.startsWith('n < 0'))
  expect(inSign.length).toBeGreaterThan(0)
  expect(inSign.every(({ reach }) => seen.has(reach.start))).toBe(true)
})
