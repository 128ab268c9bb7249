import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../scripts/ports.ts'
import { startBackend } from '../../scripts/processes.ts'

const runs = 5

/** Cold start of the backend, process start to first answer, against a Node process that only loads Fastify. */
export async function benchStart() {
  const dataDir = mkdtempSync(join(tmpdir(), 'mimicit-start-'))
  const times: number[] = []
  const bare: number[] = []
  try {
    for (let run = 0; run < runs; run++) {
      const env = { PORT: String(await freePort()), DATA_DIR: dataDir, LOG_LEVEL: 'silent' }
      const begin = performance.now()
      const backend = await startBackend(env)
      times.push(performance.now() - begin)
      await backend.stop()
      bare.push(await bareStart())
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
  const value = median(times)
  return [
    {
      name: 'cold start of the backend',
      value,
      unit: 'ms',
      against: 'a process that only loads Fastify and SQLite',
      ratio: value / median(bare),
      goal: 'none yet',
    },
  ]
}

async function bareStart(): Promise<number> {
  const begin = performance.now()
  const child = spawn(process.execPath, ['-e', "require('fastify')();new (require('better-sqlite3'))(':memory:')"])
  await once(child, 'exit')
  return performance.now() - begin
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
