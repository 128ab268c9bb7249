import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  // Partial: the steps of a job are commits of their own, and change none of these before the last.
  'drop index job_person_state',
  'drop index job_state_created',
  'drop index job_model_ended',
  'create index job_open on job (created_at, id) where ended_at is null',
  'create index job_open_of_person on job (person_id) where ended_at is null',
  'create index job_without_result on job (ended_at) where problem is not null',
  `create index job_with_key on job (ended_at) where ended_at is not null and body_hash <> ''`,

  // With the size in it, so that what a person has stored is counted without looking at each picture.
  'drop index picture_person_created',
  'create index picture_person_created on picture (person_id, created_at, id, bytes)',
]

/** Indexes as the ways of a job need them. */
export const indexes: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
