import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The key that wraps every person's data key: the configured one, else (development only) a file in the data folder that
 * is made at the first start. Losing it makes all stored pictures and prompts unreadable.
 */
export function masterKey(config: { masterKey: Buffer | null; dataDir: string }): Buffer {
  if (config.masterKey) return config.masterKey
  const file = join(config.dataDir, 'master.key')
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  if (!existsSync(file)) {
    // Written aside and moved in one step: a kill in between must not leave half a key.
    const draft = `${file}.new`
    writeFileSync(draft, randomBytes(32), { mode: 0o600, flush: true })
    renameSync(draft, file)
  }
  const key = readFileSync(file)
  if (key.length !== 32) throw new Error(`${file} is not a key of 32 bytes.`)
  return key
}
