/** Files that are already sealed, by the SHA-256 (hex) of their sealed bytes. */
export interface BlobStore {
  /** Durable when it resolves: temp file, fsync, rename, fsync of the folder. */
  put(personId: string, sealed: Uint8Array): Promise<string>
  /** Throws BlobMissing or BlobDamaged (the name no longer matches the bytes). */
  get(personId: string, hash: string): Promise<Buffer>
  has(personId: string, hash: string): Promise<boolean>
  remove(personId: string, hash: string): Promise<void>
  /** Deletes temp files and files that `isKnown` does not know and that are older than `olderThanMs`. */
  sweep(isKnown: (personId: string, hash: string) => Promise<boolean>, olderThanMs: number): Promise<number>
}
