import type { Database } from '../../db/database.ts'
import type { PictureChanges } from '../../library/routes.ts'
import { retention } from '../../privacy/retention.ts'

/** What a person does to their own pictures; false where there is no such picture. */
export function createPictureCommands({ database, now }: { database: Database; now: () => number }): PictureChanges {
  const change = (
    personId: string,
    id: string,
    to: { favourite: 0 | 1 } | { deleted_at: number | null },
    deletedSince?: number,
  ): Promise<boolean> =>
    database.write(async trx => {
      const own = trx.updateTable('picture').set(to).where('person_id', '=', personId).where('id', '=', id)
      const { numUpdatedRows } = await (deletedSince === undefined
        ? own.where('deleted_at', 'is', null)
        : own.where('deleted_at', '>', deletedSince)
      ).executeTakeFirst()
      return numUpdatedRows > 0n
    })
  return {
    setFavourite: (personId, id, favourite) => change(personId, id, { favourite: favourite ? 1 : 0 }),
    /** From this commit on the picture is gone for everybody but `restore`. */
    delete: (personId, id) => change(personId, id, { deleted_at: now() }),
    restore: (personId, id) => change(personId, id, { deleted_at: null }, now() - retention.undoDelete),
  }
}
