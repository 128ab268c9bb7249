/**
 * `npm run promises` and `npm run cases`: which test proves which promise (P), case of abuse or fault (C) and invariant of
 * the ledger (I). The tables are docs/proofs/*.json: every id has one home, the test or group that would fail if the
 * promise broke, and whose title carries the id: `[P16] ...`. Rows of one table may share it.
 *
 * Ends with 1 when something is faulty: an id in a title without a line in the table, a line without its test, a test that
 * failed or did not run, an id on two tests. `--titles` looks at titles only and needs no run.
 */
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../processes.ts'
import { type Entry, judge, type Outcome } from './judge.ts'
import { homesIn, idsIn } from './titles.ts'

interface Report {
  startTime: number
  testResults: { name: string; assertionResults: Outcome[] }[]
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { titles: { type: 'boolean' } } })
const wanted = positionals.length > 0 ? positionals : ['promises', 'cases', 'invariants']

const tests = globSync('{bff,extension}/**/*.test.{ts,tsx}', { cwd: root })
const homes = tests.flatMap(file => homesIn(file, readFileSync(join(root, file), 'utf8')))
const outcomes = values.titles ? null : readOutcomes()

let faulty = 0
for (const name of wanted) {
  const table = JSON.parse(readFileSync(join(root, 'docs/proofs', `${name}.json`), 'utf8')) as Record<string, Entry>
  const letter = Object.keys(table)[0]?.charAt(0) ?? ''
  const verdicts = judge(
    table,
    homes.filter(({ id }) => id.startsWith(letter)),
    outcomes,
  )
  const of = (state: string) => verdicts.filter(verdict => verdict.state === state)
  if (!values.titles)
    for (const { id, state, word } of verdicts.filter(({ state }) => state !== 'faulty'))
      console.log(`${id.padEnd(5)} ${state.padEnd(8)} ${word}`)
  for (const { id, word } of of('faulty')) console.error(`${id.padEnd(5)} FAULTY   ${word}`)
  faulty += of('faulty').length
  const counts = ['proven', 'skipped', 'open', 'faulty'].map(state => `${of(state).length} ${state}`)
  console.log(
    values.titles
      ? `${name}: ${verdicts.length}, ${of('open').length} open, ${of('faulty').length} faulty`
      : `${name}: ${counts.join(', ')}`,
  )
}
process.exitCode = faulty > 0 ? 1 : 0

/** What the newest run said of each id; of a file that ran more than once, the last word counts. */
function readOutcomes(): Map<string, Outcome[]> {
  const files = globSync('.output/reports/*.json', { cwd: root }).map(file => join(root, file))
  if (files.length === 0) {
    console.error('There is no report yet. Run npm test first.')
    process.exit(1)
  }
  const latest = new Map<string, Outcome>()
  for (const file of files.toSorted((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs))
    for (const { name, assertionResults } of (JSON.parse(readFileSync(file, 'utf8')) as Report).testResults)
      for (const outcome of assertionResults) latest.set(`${name} ${outcome.fullName}`, outcome)
  const byId = new Map<string, Outcome[]>()
  for (const outcome of latest.values())
    for (const id of idsIn(outcome.fullName)) byId.set(id, [...(byId.get(id) ?? []), outcome])
  return byId
}
