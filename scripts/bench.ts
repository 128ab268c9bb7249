/**
 * `npm run bench`: every metric is a ratio against something else measured in the same run, because machines differ and
 * are noisy. Writes .output/bench.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { benchAccept } from '../bff/bench/accept.ts'
import { benchLedger } from '../bff/bench/ledger.ts'
import { benchPath } from '../bff/bench/path/path.ts'
import { benchProvider } from '../bff/bench/provider.ts'
import { benchRestyle } from '../bff/bench/restyle.ts'
import { benchStart } from '../bff/bench/start.ts'
import { benchStatement } from '../bff/bench/statement.ts'
import { benchPicking } from '../extension/picking/bench/picking.ts'
import type { Metric } from './metric.ts'
import { root } from './processes.ts'

const suites = {
  benchPicking,
  benchLedger,
  benchStatement,
  benchAccept,
  benchProvider,
  benchPath,
  benchRestyle,
  benchStart,
}
const metrics: Metric[] = []
for (const [name, suite] of Object.entries(suites)) {
  console.log(`${name} ...`)
  for (const metric of await suite()) {
    metrics.push(metric)
    const value = `${round(metric.value)} ${metric.unit}`
    console.log(
      `  ${metric.name.padEnd(44)} ${value.padStart(16)}   ${round(metric.ratio)} x ${metric.against}   (${metric.goal})`,
    )
  }
}

mkdirSync(join(root, '.output'), { recursive: true })
const machine = { cores: cpus().length, node: process.version }
writeFileSync(join(root, '.output/bench.json'), `${JSON.stringify({ machine, metrics }, null, 2)}\n`)

function round(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3)
}
