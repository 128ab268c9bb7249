import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Entry, judge, type Outcome } from './judge.ts'
import { homesIn, withoutIds } from './titles.ts'

const at = (source: string) => homesIn('a.test.ts', source).map(({ id, title }) => [id, title])

test('an id belongs to the innermost test or group around it; comments do not count', () => {
  expect(
    at(`
      // [P1] is no proof
      describe('[C3] a group', () => {
        test('[P2] [C4a] a test', () => {})
        test.each([['[C5a] one row'], ['[C5a] another']])('%s is refused', () => {})
        test.each(rows)(\`[P7] every row\`, () => {})
      })
      const lost = '[C9] outside'
    `),
  ).toEqual([
    ['C3', 'a group'],
    ['P2', 'a test'],
    ['C4a', 'a test'],
    ['C5a', '%s is refused'],
    ['P7', 'every row'],
    ['C9', null],
  ])
  expect(withoutIds('[P2] [C4a] a test')).toBe('a test')
})

const entry: Entry = { says: 'what is promised', file: 'a.test.ts', title: 'a test' }
const home = { id: 'P1', file: 'a.test.ts', title: 'a test', at: 0 }
const ran = (...statuses: string[]) =>
  new Map<string, Outcome[]>([['P1', statuses.map(status => ({ fullName: `[P1] a test ${status}`, status }))]])

test.each<[string, Parameters<typeof judge>, string, string]>([
  ['its one test passed', [{ P1: entry }, [home], ran('passed', 'skipped')], 'proven', 'a test'],
  ['it was skipped here', [{ P1: entry }, [home], ran('skipped')], 'skipped', 'a test'],
  ['nothing ran', [{ P1: entry }, [home], null], 'unseen', 'a test'],
  ['its feature is not there', [{ P1: { says: '', open: 'later' } }, [], ran()], 'open', 'later'],
  ['a row failed', [{ P1: entry }, [home], ran('passed', 'failed')], 'faulty', 'fails'],
  ['it did not run', [{ P1: entry }, [home], new Map()], 'faulty', 'did not run'],
  ['no line knows it', [{}, [home], ran('passed')], 'faulty', 'in no table'],
  ['no test carries it', [{ P1: entry }, [], ran()], 'faulty', 'on no test'],
  ['two tests carry it', [{ P1: entry }, [home, { ...home, at: 9 }], ran('passed')], 'faulty', 'two tests'],
  ['another test carries it', [{ P1: entry }, [{ ...home, title: 'b' }], ran('passed')], 'faulty', 'the table names'],
  ['it stands outside', [{ P1: entry }, [{ ...home, title: null }], ran('passed')], 'faulty', 'outside'],
  ['it is proven and called open', [{ P1: { says: '', open: 'later' } }, [home], ran('passed')], 'faulty', 'later'],
])('%s', (_, given, state, word) => {
  expect(judge(...given)).toEqual([{ id: 'P1', state, word: expect.stringContaining(word) }])
})

test('ids stand in the order of their numbers', () => {
  const table = Object.fromEntries(['C10', 'C4b', 'C4a', 'C2'].map(id => [id, { says: '', open: '' }]))
  expect(judge(table, [], null).map(({ id }) => id)).toEqual(['C2', 'C4a', 'C4b', 'C10'])
})

test.each([
  ['promises', 'P', 100],
  ['cases', 'C', 140],
  ['invariants', 'I', 15],
])('the table of %s has a line for each of them', (name, letter, last) => {
  const file = new URL(`../../docs/proofs/${name}.json`, import.meta.url)
  const ids = Object.keys(JSON.parse(readFileSync(file, 'utf8')))
  expect(ids.filter(id => !new RegExp(`^${letter}\\d+[a-z]?$`).test(id))).toEqual([])
  const numbers = new Set(ids.map(id => Number(/\d+/.exec(id)?.[0])))
  expect([...numbers].toSorted((a, b) => a - b)).toEqual(Array.from({ length: last }, (_, index) => index + 1))
})
