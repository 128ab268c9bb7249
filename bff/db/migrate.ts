import type { Database as Sqlite } from 'better-sqlite3'
import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { DatabaseError } from './errors.ts'
import { first } from './migrations/0001-first.ts'
import type { Schema } from './schema.ts'

/** All migrations by name, in the order of their names. A released one is never changed. */
const migrations: Record<string, Migration> = { '0001-first': first }

/**
 * Brings the database to the newest schema in one transaction together with Kysely's own record of it: a kill leaves
 * either the old schema or the new one.
 */
export async function migrate(db: Kysely<Schema>, sqlite: Sqlite, known = migrations): Promise<void> {
  refuseNewer(sqlite, known)
  await db.transaction().execute(async trx => {
    const migrator = new Migrator({ db: trx, provider: { getMigrations: async () => known } })
    const { error } = await migrator.migrateToLatest()
    if (error) throw error
  })
}

function refuseNewer(sqlite: Sqlite, known: Record<string, Migration>): void {
  const isNew = !sqlite.prepare("select 1 from sqlite_schema where name = 'kysely_migration'").get()
  if (isNew) return
  const done = sqlite.prepare('select name from kysely_migration order by name').pluck().all() as string[]
  const unknown = done.find(name => !(name in known))
  if (unknown === undefined) return
  throw new DatabaseError(
    `${sqlite.name} was written by a newer version (migration ${unknown}). Start that version or a later one.`,
  )
}
