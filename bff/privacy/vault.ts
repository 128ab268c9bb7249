import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

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

/** Layout of a sealed value: 1 byte version, 12 bytes nonce, ciphertext, 16 bytes tag. */
const version = 1
const nonceBytes = 12
const tagBytes = 16
const pieceBytes = 64 * 1024
const wrapContext = 'person_key'

export function createVault(masterKey: Uint8Array): Vault {
  return {
    createKey: () => ({ wrapped: seal(masterKey, randomBytes(32), wrapContext) }),
    open(wrapped) {
      const dataKey = unseal(masterKey, wrapped, wrapContext)
      const fingerprintKey = deriveSecret(dataKey, 'fingerprint')
      return {
        seal: (plain, context) => seal(dataKey, plain, context),
        unseal: (sealed, context) => unseal(dataKey, sealed, context),
        fingerprint: (...parts) => fingerprint(fingerprintKey, parts),
      }
    },
  }
}

/** A secret of 32 bytes for one use, from a key that is never used for anything directly (HKDF-SHA256). */
export function deriveSecret(key: Uint8Array, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, new Uint8Array(0), `mimicit ${use}`, 32))
}

function seal(key: Uint8Array, plain: Uint8Array | string, context: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  const bytes = typeof plain === 'string' ? Buffer.from(plain) : plain
  // Piece by piece into its final place: pictures are large, and many may be sealed at once.
  const sealed = Buffer.allocUnsafeSlow(1 + nonceBytes + bytes.length + tagBytes)
  sealed[0] = version
  sealed.set(nonce, 1)
  for (let at = 0; at < bytes.length; at += pieceBytes)
    sealed.set(cipher.update(bytes.subarray(at, at + pieceBytes)), 1 + nonceBytes + at)
  cipher.final()
  sealed.set(cipher.getAuthTag(), sealed.length - tagBytes)
  return sealed
}

function unseal(key: Uint8Array, sealed: Uint8Array, context: string): Buffer {
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
