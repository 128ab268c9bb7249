/** Prints "passed failed" over the vitest reports in a folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const dir = process.argv[2] ?? '.output/reports'
const reports = existsSync(dir) ? readdirSync(dir).filter(name => name.endsWith('.json')) : []
const totals = reports.map(name => JSON.parse(readFileSync(join(dir, name), 'utf8')))
const sum = key => totals.reduce((total, report) => total + report[key], 0)
console.log(sum('numPassedTests'), sum('numFailedTests'))
