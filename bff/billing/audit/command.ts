/**
 * The operator's look at the ledger, also while the backend runs:
 *
 *   npm run audit check                 recomputes every balance; names what does not hold, and ends with 1
 *   npm run audit unspent 2027-03-31    bought credits unspent at the end of that day in Japan, per currency
 *   npm run audit export                everything of the ledger as lines of JSON; no personal data
 */
import { join } from 'node:path'
import { readConfig } from '../../config/config.ts'
import { openReadOnly } from '../../db/open-read-only.ts'
import { unspentAt } from '../unspent.ts'
import { exportLedger } from './export.ts'
import { inspectLedger, inYen, thresholdYen } from './inspect.ts'

const [command, date] = process.argv.slice(2)
const file = join(readConfig(process.env).dataDir, 'mimicit.db')

try {
  process.exitCode = await run()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

async function run(): Promise<number> {
  const { read, close } = openReadOnly(file)
  try {
    switch (command) {
      case 'check': {
        const { violations } = await inspectLedger(read, Date.now())
        for (const { invariant, detail } of violations) console.error(`${invariant} (${detail})`)
        console.log(violations.length === 0 ? 'The ledger is in order.' : `${violations.length} things do not hold.`)
        return violations.length === 0 ? 0 : 1
      }
      case 'unspent': {
        const at = date === undefined ? Date.now() : endOfDayInJapan(date)
        const unspent = await unspentAt(read, at)
        const total = inYen(unspent)
        for (const { currency, credits, amountMinor } of unspent)
          console.log(`${currency}\t${credits} credits\t${amountMinor} in the smallest unit`)
        console.log(`together about ${total} yen, ${Math.round((total / thresholdYen) * 100)} % of ${thresholdYen}`)
        return 0
      }
      case 'export':
        for await (const line of exportLedger(read)) process.stdout.write(`${line}\n`)
        return 0
      default:
        console.error('Say one of: check, unspent [YYYY-MM-DD], export')
        return 1
    }
  } finally {
    close()
  }
}

function endOfDayInJapan(text: string): number {
  const at = Date.parse(`${text}T23:59:59.999+09:00`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at))
    throw new Error(`"${text}" is not a day such as 2027-03-31.`)
  return at
}
