import { type Static, Type } from 'typebox'
import { closed, Id } from './common.ts'

/** 256 random bits, base64url without padding. */
export const Secret = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })

export const Person = closed({
  id: Id,
  name: Type.String(),
  email: Type.String(),
})
export type Person = Static<typeof Person>

/** POST /v1/auth/token: a one-time code plus the PKCE verifier that only the extension holds, or a refresh token. */
export const TokenRequest = Type.Union([
  closed({
    grant: Type.Literal('code'),
    code: Secret,
    verifier: Type.String({ minLength: 43, maxLength: 128 }),
  }),
  closed({ grant: Type.Literal('refresh'), refreshToken: Secret }),
])
export type TokenRequest = Static<typeof TokenRequest>

export const Tokens = closed({
  accessToken: Secret,
  /** Seconds until the access token ends. */
  expiresIn: Type.Integer(),
  refreshToken: Secret,
  person: Person,
})
export type Tokens = Static<typeof Tokens>

/**
 * The only message the web page sends to the extension when a sign-in ends (externally_connectable).
 * `code` lives 60 s, works once, and is worthless without the verifier. The extension answers the message (with anything)
 * once it holds its tokens, and does not answer for a `state` it did not start: the page tells the person which it was.
 */
export const AuthStateChanged = closed({
  type: Type.Literal('auth-state-changed'),
  state: Secret,
  code: Secret,
})
export type AuthStateChanged = Static<typeof AuthStateChanged>
