import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { IdParams } from '../contract/common.ts'
import { Picture, PictureChange, PictureList, PictureQuery } from '../contract/library.ts'
import { ProblemError } from '../contract/problems.ts'
import type { Database } from '../db/database.ts'
import type { MemoryBudget } from '../http/memory-budget.ts'
import { readPage } from '../privacy/cursor.ts'
import { personVaults, type Vault } from '../privacy/vault.ts'
import { findPicture, listPictures, type PictureRow, toPicture } from './pictures.ts'
import type { ResultFiles, ResultPart } from './result-files.ts'

/** What can be done to a picture, by the room that writes them; each answers false where there is no such picture. */
export interface PictureChanges {
  setFavourite(personId: string, id: string, favourite: boolean): Promise<boolean>
  delete(personId: string, id: string): Promise<boolean>
  /** Undoes `delete` for a while. */
  restore(personId: string, id: string): Promise<boolean>
}

interface PictureRouteDeps {
  database: Database
  vault: Vault
  files: ResultFiles
  /** Of results on their way out: whoever reads slowly holds them. */
  budget: MemoryBudget
  changes: PictureChanges
}

/** What somebody made stays theirs to look after, also while their account is paused. */
const config = { access: 'person', standing: 'any' } as const
const defaultLimit = 30
const usualThumbnailBytes = 32 * 1024

/** The person's history: list, favourite, delete with undo, and the bytes themselves. */
export const pictureRoutes =
  ({ database, vault, files, budget, changes }: PictureRouteDeps): FastifyPluginAsyncTypebox =>
  async app => {
    const vaultOf = personVaults(database.read, vault)

    async function rowOf(personId: string, id: string): Promise<PictureRow> {
      const row = await findPicture(database.read, personId, id)
      if (!row) throw new ProblemError('not_found')
      return row
    }
    const answer = async (personId: string, id: string) => toPicture(await vaultOf(personId), await rowOf(personId, id))

    app.get(
      '/v1/pictures',
      { config, schema: { querystring: PictureQuery, response: { 200: PictureList } } },
      async ({ person, query: { cursor, favourite, limit = defaultLimit } }) => {
        const vault = await vaultOf(person.id)
        const { rows, next } = await readPage(vault, 'picture', {
          cursor,
          limit,
          read: (after, limit) => listPictures(database.read, person.id, { after, favourite, limit }),
          placeOf: ({ created_at, id }) => ({ at: created_at, id }),
        })
        return { pictures: rows.map(row => toPicture(vault, row)), next }
      },
    )

    app.get(
      '/v1/pictures/:id',
      { config, schema: { params: IdParams, response: { 200: Picture } } },
      ({ person, params }) => answer(person.id, params.id),
    )

    app.patch(
      '/v1/pictures/:id',
      { config, schema: { params: IdParams, body: PictureChange, response: { 200: Picture } } },
      async ({ person, params, body }) => {
        const found = await changes.setFavourite(person.id, params.id, body.favourite)
        if (!found) throw new ProblemError('not_found')
        return answer(person.id, params.id)
      },
    )

    app.delete(
      '/v1/pictures/:id',
      { config, schema: { params: IdParams, response: { 204: Type.Null() } } },
      async ({ person, params }, reply) => {
        const found = await changes.delete(person.id, params.id)
        if (!found) throw new ProblemError('not_found')
        return reply.code(204).send(null)
      },
    )

    app.post(
      '/v1/pictures/:id/restore',
      { config, schema: { params: IdParams, response: { 200: Picture } } },
      async ({ person, params }) => {
        const found = await changes.restore(person.id, params.id)
        if (!found) throw new ProblemError('not_found')
        return answer(person.id, params.id)
      },
    )

    const bytesRoute = (part: ResultPart) =>
      app.get(
        `/v1/pictures/:id/${part}`,
        { config, schema: { params: IdParams } },
        async ({ person, params }, reply) => {
          const row = await rowOf(person.id, params.id)
          const allotment = budget.open(person.id)
          reply.raw.once('close', allotment.free)
          allotment.grow(part === 'file' ? row.bytes : usualThumbnailBytes)
          const result = { vault: await vaultOf(person.id), personId: person.id, jobId: row.job_id }
          const bytes = await files.get(result, part, part === 'file' ? row.file_hash : row.thumbnail_hash)
          const mime = part === 'file' ? row.mime : 'image/webp'
          return reply
            .headers({
              'cache-control': 'private, no-store',
              'content-disposition': `inline; filename="${fileName(row, mime)}"`,
            })
            .type(mime)
            .send(bytes)
        },
      )
    bytesRoute('file')
    bytesRoute('thumbnail')
  }

/** Date and the random end of the id: sorts well, and repeats only by a rare chance. */
function fileName(row: PictureRow, mime: string): string {
  const day = new Date(row.created_at).toISOString().slice(0, 10)
  const ending = mime === 'image/jpeg' ? 'jpg' : mime.slice('image/'.length)
  return `mimicit-${day}-${row.id.slice(-8)}.${ending}`
}
