/** Seals what belongs to a person with that person's data key (AES-256-GCM). */
export interface Vault {
  /** Makes a data key for a new person; store `wrapped` in person_key. */
  createKey(): { wrapped: Uint8Array }
  /** A box for one person; throws when the key is gone or was wrapped by another master key. */
  open(wrapped: Uint8Array): PersonVault
}

/** `context` binds the box to its place (table, column, row id), so that sealed values cannot be swapped. */
export interface PersonVault {
  seal(plain: Uint8Array | string, context: string): Uint8Array
  unseal(sealed: Uint8Array, context: string): Buffer
  /** Keyed fingerprint (HMAC-SHA256, hex) that is worth nothing once the key is destroyed. */
  fingerprint(...parts: (Uint8Array | string)[]): string
}
