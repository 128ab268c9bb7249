import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  // What the person wants to be called here; the provider's name stays beside it.
  'alter table person add column display_name blob',

  // Browser family and major version, so that people can tell their sign-ins apart.
  'alter table web_session add column browser text',
  'alter table token_family add column browser text',

  `create table consent (
    seq integer not null primary key autoincrement,
    person_id text not null references person (id),
    kind text not null,
    answer text not null,
    version text not null,
    at integer not null
  ) strict`,
  'create index consent_person on consent (person_id, kind, seq)',
  // What somebody agreed to stays as it was; a change of mind is a new row.
  ...['update', 'delete'].map(
    change => `create trigger consent_no_${change} before ${change} on consent begin
      select raise(abort, 'consent is append-only');
    end`,
  ),

  `create table person_pause (
    person_id text not null references person (id),
    paused_by text not null check (paused_by in ('person', 'operator')),
    at integer not null,
    primary key (person_id, paused_by)
  ) strict`,
]

/** What people have agreed to, pauses of accounts, a name of their own, and what their sign-ins are recognised by. */
export const identity: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
