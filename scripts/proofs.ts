/**
 * `npm run promises` and `npm run cases`: which passing test of the last run proves which promise (P), abuse or fault
 * case (C), invariant of the ledger (I) or reading of a promise (R). Test titles carry the ids: `[P16] ...`, `[C5b] ...`.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './processes.ts'

interface Report {
  testResults: { assertionResults: { fullName: string; status: string }[] }[]
}

const letters = process.argv[2] ?? 'PRCI'
const reports = globSync('.output/reports/*.json', { cwd: root })
if (reports.length === 0) {
  console.error('There is no report yet. Run npm test first.')
  process.exit(1)
}

const proofs = new Map<string, { passed: string[]; failed: string[] }>()
for (const file of reports) {
  const { testResults } = JSON.parse(readFileSync(join(root, file), 'utf8')) as Report
  for (const { fullName, status } of testResults.flatMap(result => result.assertionResults))
    for (const [, id = ''] of fullName.matchAll(/\[([PRCI]\d+)[a-z]?\]/g)) {
      const proof = proofs.get(id) ?? { passed: [], failed: [] }
      if (status === 'passed') proof.passed.push(fullName)
      if (status === 'failed') proof.failed.push(fullName)
      proofs.set(id, proof)
    }
}

const order = (id: string) => letters.indexOf(id.charAt(0)) * 1000 + Number(id.slice(1))
const shown = [...proofs].filter(([id]) => letters.includes(id.charAt(0))).toSorted(([a], [b]) => order(a) - order(b))
for (const [id, { passed, failed }] of shown) {
  console.log(`${id.padEnd(5)} ${passed.length} passed${failed.length ? `, ${failed.length} FAILED` : ''}`)
  for (const title of [...failed, ...passed]) console.log(`      ${title}`)
}
const broken = shown.filter(([, { passed, failed }]) => failed.length > 0 || passed.length === 0)
console.log(
  `\n${shown.length - broken.length} proven, ${broken.length} not: ${broken.map(([id]) => id).join(' ') || 'none'}`,
)
process.exitCode = broken.length ? 1 : 0
