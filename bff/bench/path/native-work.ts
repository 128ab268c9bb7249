import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { mkdtemp, open, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import sharp from 'sharp'
import type { Measured } from './load.ts'

const warmUp = 50
const measured = 100

/**
 * What a paid job cannot do without, written by hand and with nothing around it: four durable commits, the picture and
 * its small copy sealed and durable on the disk. No server, no call, no client.
 */
export async function measureNativeWork(picture: Buffer): Promise<Measured> {
  const dir = await mkdtemp(join(tmpdir(), 'mimicit-native-'))
  const commit = commits(join(dir, 'native.sqlite'))
  const job = async () => {
    for (let step = 0; step < 4; step++) commit()
    const small = await sharp(picture)
      .resize(384, 384, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer()
    await storeSealed(dir, picture)
    await storeSealed(dir, small)
  }
  try {
    for (let done = 0; done < warmUp; done++) await job()
    const cpu = process.cpuUsage()
    const begin = performance.now()
    for (let done = 0; done < measured; done++) await job()
    const { user, system } = process.cpuUsage(cpu)
    return { ms: (performance.now() - begin) / measured, cpu: (user + system) / 1000 / measured }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** Three rows a commit, each in a table and an index. */
function commits(file: string): () => void {
  const sqlite = new Sqlite(file)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.exec('create table row (id text primary key, at integer) strict; create index row_at on row (at)')
  const insert = sqlite.prepare('insert into row (id, at) values (?, ?)')
  let at = 0
  return sqlite.transaction(() => {
    for (let row = 0; row < 3; row++) insert.run(`row ${at}`, at++)
  })
}

async function storeSealed(dir: string, bytes: Buffer): Promise<void> {
  const cipher = createCipheriv('aes-256-gcm', randomBytes(32), randomBytes(12))
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  const file = await open(join(dir, 'unfinished'), 'w')
  await file.writeFile(sealed)
  await file.sync()
  await file.close()
  await rename(join(dir, 'unfinished'), join(dir, createHash('sha256').update(sealed).digest('hex')))
  const folder = await open(dir, 'r')
  await folder.sync()
  await folder.close()
}
