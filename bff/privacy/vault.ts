import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { ProblemError } from '../contract/problems.ts'
import type { Reader } from '../db/database.ts'
import { release } from './release.ts'

/** Seals what belongs to a person with that person's data key (AES-256-GCM). */
export interface Vault {
  /** Makes a data key for a new person; store `wrapped` in person_key. */
  createKey(): { wrapped: Uint8Array }
  /** The vault of one person; throws when the key is gone or was wrapped by another master key. */
  open(wrapped: Uint8Array): PersonVault
}

/** `context` binds a sealed value to its place (table, column, row id), so that sealed values cannot be swapped. */
export interface PersonVault {
  seal(plain: Uint8Array | string, context: string): Uint8Array
  /** The same in pieces, each there until the next is asked for: a picture is never held sealed as a whole. */
  sealInPieces(plain: Uint8Array, context: string): Iterable<Uint8Array>
  unseal(sealed: Uint8Array, context: string): Buffer
  /** Keyed fingerprint (HMAC-SHA256, hex) that is worth nothing once the key is destroyed. */
  fingerprint(...parts: (Uint8Array | string)[]): string
}

/** Layout of a sealed value: 1 byte version, 12 bytes nonce, ciphertext, 16 bytes tag. */
const version = 1
const nonceBytes = 12
const tagBytes = 16
const pieceBytes = 256 * 1024
const wrapContext = 'person_key'

export function createVault(masterKey: Uint8Array): Vault {
  const master = createSecretKey(masterKey)
  return {
    createKey: () => ({ wrapped: seal(master, randomBytes(32), wrapContext) }),
    open(wrapped) {
      const dataKey = createSecretKey(unseal(master, wrapped, wrapContext))
      return {
        seal: (plain, context) => seal(dataKey, plain, context),
        sealInPieces: (plain, context) => sealInPieces(dataKey, plain, context),
        unseal: (sealed, context) => unseal(dataKey, sealed, context),
        fingerprint: (...parts) => fingerprint(deriveSecret(dataKey, 'fingerprint'), parts),
      }
    },
  }
}

/** Opens a person's own vault. A person without a key is deleted, and therefore signed out. */
export type VaultOf = (personId: string) => Promise<PersonVault>

export const personVaults =
  (db: Reader, vault: Vault): VaultOf =>
  async personId => {
    const row = await db
      .selectFrom('person_key')
      .select('wrapped_key')
      .where('person_id', '=', personId)
      .executeTakeFirst()
    if (!row) throw new ProblemError('signed_out')
    return vault.open(row.wrapped_key)
  }

/** A secret of 32 bytes for one use, from a key that is never used for anything directly (HKDF-SHA256). */
export function deriveSecret(key: Uint8Array | KeyObject, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, new Uint8Array(0), `mimicit ${use}`, 32))
}

const seal = (key: KeyObject, plain: Uint8Array | string, context: string): Buffer =>
  Buffer.concat([...sealedPieces(key, typeof plain === 'string' ? Buffer.from(plain) : plain, context)])

function* sealInPieces(key: KeyObject, plain: Uint8Array, context: string): Generator<Uint8Array> {
  for (const piece of sealedPieces(key, plain, context)) {
    yield piece
    release(piece)
  }
}

function* sealedPieces(key: KeyObject, plain: Uint8Array, context: string): Generator<Uint8Array> {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  yield Buffer.of(version, ...nonce)
  for (let at = 0; at < plain.length; at += pieceBytes) yield cipher.update(plain.subarray(at, at + pieceBytes))
  cipher.final()
  yield cipher.getAuthTag()
}

function unseal(key: KeyObject, sealed: Uint8Array, context: string): Buffer {
  if (sealed[0] !== version || sealed.length < 1 + nonceBytes + tagBytes) throw new Error('Not a sealed value.')
  const nonce = sealed.subarray(1, 1 + nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(sealed.length - tagBytes))
  const body = decipher.update(sealed.subarray(1 + nonceBytes, sealed.length - tagBytes))
  return Buffer.concat([body, decipher.final()])
}

/** Each part is preceded by its length, so that parts cannot be shifted against each other. */
function fingerprint(key: Uint8Array, parts: (Uint8Array | string)[]): string {
  const hmac = createHmac('sha256', key)
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part
    hmac.update(`${bytes.length}:`).update(bytes)
  }
  return hmac.digest('hex')
}
