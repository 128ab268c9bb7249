import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

/** What must hold in the files themselves after a kill and a restart, computed without any of the backend's code. */
const rules: Record<string, string> = {
  'I1 the ledger does not balance': 'select sum(posted) from account having sum(posted) <> 0',
  'I2 somebody is overdrawn': `select id from account where pending < 0 or (kind in ('paid','free') and posted < pending)`,
  'I3 a balance differs from its transfers': `
    select a.id from account a where a.posted <>
      (select coalesce(sum(amount), 0) from transfer where credit = a.id and kind <> 'hold') -
      (select coalesce(sum(amount), 0) from transfer where debit = a.id and kind <> 'hold')`,
  'I4 pending differs from the open holds': `
    select a.id from account a where a.pending <> (
      select coalesce(sum(amount), 0) from transfer h where h.debit = a.id and h.kind = 'hold'
        and not exists (select 1 from transfer e where e.pending_id = h.id))`,
  'I5 a hold ended twice': `
    select pending_id from transfer where pending_id is not null group by pending_id having count(*) > 1`,
  'I5 a job that ended has an open hold': `
    select j.id from job j join transfer h on h.job_id = j.id and h.kind = 'hold'
    where j.state in ('done','failed','unknown') and not exists (select 1 from transfer e where e.pending_id = h.id)`,
  'I5 an open job has an ended hold': `
    select j.id from job j join transfer e on e.job_id = j.id and e.kind in ('post','void')
    where j.state not in ('done','failed','unknown')`,
  'I5 paid another sum than is said, or paid without done': `
    select j.id from job j where coalesce(j.charged, 0) <>
      (select coalesce(sum(amount), 0) from transfer where job_id = j.id and kind = 'post')
      or (j.state <> 'done' and j.charged > 0)`,
  'I7 one request made two jobs': 'select idem from job group by person_id, idem having count(*) > 1',
  'I10 done without a picture': `
    select j.id from job j where j.state = 'done' and not exists (select 1 from picture p where p.job_id = j.id)`,
  'a picture without a done job': `
    select p.id from picture p join job j on j.id = p.job_id where j.state <> 'done'`,
}

/** Sentences about everything that is broken; empty when all holds. */
export function inspect(dataDir: string, file: string): string[] {
  const database = new Sqlite(file, { readonly: true })
  try {
    const broken = Object.entries(rules).flatMap(([rule, sql]) => {
      const rows = database.prepare(sql).raw().all()
      return rows.length > 0 ? [`${rule}: ${rows.length} (${rows.slice(0, 3).join(', ')})`] : []
    })
    const pictures = database.prepare('select person_id, file_hash, thumbnail_hash from picture').all()
    return [...broken, ...missingFiles(dataDir, pictures as PictureRow[])]
  } finally {
    database.close()
  }
}

interface PictureRow {
  person_id: string
  file_hash: string
  thumbnail_hash: string
}

function missingFiles(dataDir: string, pictures: PictureRow[]): string[] {
  const files = new Map<string, string>()
  const walk = (dir: string) => {
    for (const entry of existsSync(dir) ? readdirSync(dir, { withFileTypes: true }) : []) {
      const path = join(dir, entry.name)
      if (entry.isDirectory()) walk(path)
      else files.set(entry.name, path)
    }
  }
  walk(dataDir)
  return pictures.flatMap(picture =>
    [picture.file_hash, picture.thumbnail_hash].flatMap(hash => {
      const path = files.get(hash)
      if (!path) return [`I10 a picture's file is missing: ${hash}`]
      const real = createHash('sha256').update(readFileSync(path)).digest('hex')
      return real === hash ? [] : [`I10 a picture's file is damaged: ${hash}`]
    }),
  )
}
