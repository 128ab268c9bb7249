import type { PersonVault } from '../privacy/vault.ts'
import type { BlobStore } from './blob-store.ts'

/** The files of one job's result, sealed for its person. */
export interface ResultOf {
  vault: PersonVault
  personId: string
  jobId: string
}

export type ResultPart = 'file' | 'thumbnail'

/** Sealing and naming of results in one place; a blob cannot be passed off as another job's or another part. */
export function createResultFiles(blobs: BlobStore) {
  const context = (part: ResultPart, jobId: string) => `picture.${part}:${jobId}`
  return {
    put: ({ vault, personId, jobId }: ResultOf, part: ResultPart, bytes: Uint8Array): Promise<string> =>
      blobs.put(personId, vault.sealInPieces(bytes, context(part, jobId))),
    async get({ vault, personId, jobId }: ResultOf, part: ResultPart, hash: string): Promise<Buffer> {
      return vault.unseal(await blobs.get(personId, hash), context(part, jobId))
    },
    remove: (personId: string, hash: string): Promise<void> => blobs.remove(personId, hash),
  }
}
export type ResultFiles = ReturnType<typeof createResultFiles>
