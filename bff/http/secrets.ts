import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits, base64url without padding. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What is stored of a secret with 256 bits: it needs no salt and no slow hash. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** PKCE S256 (RFC 7636). */
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

/** HMAC-SHA256 under a server secret; `use` keeps values made for one purpose from being valid for another. */
export const keyed = (key: Uint8Array, use: string, text: string): string =>
  createHmac('sha256', key).update(`${use}\0${text}`).digest('base64url')

/** Compares in constant time. */
export function equal(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
