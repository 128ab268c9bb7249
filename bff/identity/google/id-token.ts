import { createRemoteJWKSet, customFetch, type JWTPayload, jwtVerify } from 'jose'
import { ProblemError } from '../../contract/problems.ts'
import { equal } from '../../http/secrets.ts'
import type { Claims } from '../provider.ts'
import type { GoogleSettings } from './provider.ts'

interface Deps {
  google: GoogleSettings
  now: () => number
  patienceMs: number
}

/** Clocks of two machines differ; a token of Google's lives an hour. */
const clockTolerance = 60
const longestName = 80
/** Google's list of keys has about 2 KB. */
const maxBytes = 256 * 1024

/** Checks an ID token against the provider's keys, and takes from it what we keep. Throws what `refusalOf` knows. */
export function createIdTokenReader({ google, now, patienceMs }: Deps) {
  // Asked for when the first person signs in, and again when a key is not known: the start needs no network.
  const keys = createRemoteJWKSet(new URL(google.keysUrl), {
    timeoutDuration: patienceMs,
    [customFetch]: fetchSmall,
  })
  /** Google may leave the scheme out. */
  const issuer = [google.issuer, google.issuer.replace(/^https:\/\//, '')]

  return async (idToken: string, nonce: string): Promise<Claims> => {
    const { payload } = await jwtVerify(idToken, keys, {
      algorithms: ['RS256'],
      issuer,
      audience: google.clientId,
      requiredClaims: ['sub', 'exp', 'iat', 'nonce'],
      clockTolerance,
      currentDate: new Date(now()),
    })
    const isForUs = [payload.aud].flat().length === 1 && [undefined, google.clientId].includes(payload.azp as string)
    if (!isForUs || typeof payload.nonce !== 'string' || !equal(payload.nonce, nonce))
      throw new ProblemError('sign_in_failed')
    return claimsOf(payload)
  }
}

/** The subject alone is the key to a person: an e-mail can change hands. */
function claimsOf({ sub, email, email_verified, name }: JWTPayload): Claims {
  if (!sub || sub.length > 255 || typeof email !== 'string' || email.length > 254 || email_verified !== true)
    throw new ProblemError('sign_in_failed')
  const given = typeof name === 'string' ? [...name.trim()].slice(0, longestName).join('') : ''
  return { subject: `google:${sub}`, email, name: given || email.split('@')[0]! }
}

/** `fetch` for a small JSON document: anything but a 200 that ends before the limit is `unavailable`. */
async function fetchSmall(url: string, options: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, options)
    if (response.status !== 200) throw new Error('Refused.')
    const text = await readUpTo(response, maxBytes)
    JSON.parse(text)
    return new Response(text)
  } catch {
    throw new ProblemError('unavailable')
  }
}

async function readUpTo(response: Response, limit: number): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.length
    // Leaving the loop closes the connection.
    if (bytes > limit) throw new Error('Too large.')
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}
