import oauth2 from '@fastify/oauth2'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { ProblemError } from '../../contract/problems.ts'
import type { IdentityProvider } from '../provider.ts'
import { createIdTokenReader } from './id-token.ts'
import { type Refusal, refusalOf } from './refusal.ts'

/** How Google is reached; every address is a setting, so that nothing has to be asked for at the start. */
export interface GoogleSettings {
  clientId: string
  clientSecret: string
  issuer: string
  authorizeUrl: string
  tokenUrl: string
  keysUrl: string
}

export interface GoogleProviderDeps {
  google: GoogleSettings
  origin: string
  now: () => number
  /** For everything Google is asked in one sign-in; a person is told after five seconds at most. */
  patienceMs?: number
}

/** The part of simple-oauth2 that the plugin hands out under its name. */
interface Client {
  authorizeURL(params: Record<string, string>): string
  getToken(params: Record<string, string>, http: object): Promise<{ token: { id_token?: unknown } }>
}

const scope = 'openid email profile'
/** A token answer has about 2 KB. */
const maxBytes = 64 * 1024

/**
 * Google as OpenID Connect provider. The client is that of @fastify/oauth2; state, PKCE and nonce are those of our own
 * attempts, which the plugin's cookies cannot hold for two tabs at once. Google's tokens are forgotten once the ID token
 * has been read.
 */
export function createGoogleProvider({ google, origin, now, patienceMs = 4500 }: GoogleProviderDeps): IdentityProvider {
  const redirectUri = `${origin}/sign-in/callback`
  const readIdToken = createIdTokenReader({ google, now, patienceMs })
  let client: Client
  let log: FastifyBaseLogger

  const askForIdToken = async (code: string, verifier: string): Promise<string> => {
    // The limit counts twice, until the answer begins and until it has arrived.
    const http = { timeout: patienceMs / 2, maxBytes }
    const { token } = await client.getToken({ code, redirect_uri: redirectUri, code_verifier: verifier }, http)
    if (typeof token.id_token !== 'string') throw new ProblemError('sign_in_failed')
    return token.id_token
  }

  return {
    kind: 'google',

    async plugin(app) {
      const [authorize, token] = [new URL(google.authorizeUrl), new URL(google.tokenUrl)]
      await app.register(oauth2, {
        name: 'google',
        credentials: {
          client: { id: google.clientId, secret: google.clientSecret },
          auth: {
            authorizeHost: authorize.origin,
            authorizePath: authorize.pathname + authorize.search,
            tokenHost: token.origin,
            tokenPath: token.pathname,
          },
          options: { authorizationMethod: 'body' },
        },
        callbackUri: redirectUri,
        userAgent: false,
      })
      client = (app as FastifyInstance & { google: { oauth2: Client } }).google.oauth2
      log = app.log
    },

    authorizeUrl: ({ state, nonce, challenge }) =>
      client.authorizeURL({
        redirect_uri: redirectUri,
        scope,
        state,
        nonce,
        code_challenge: challenge,
        code_challenge_method: 'S256',
      }),

    async exchange({ code, verifier, nonce }) {
      try {
        return await within(patienceMs, async () => readIdToken(await askForIdToken(code, verifier), nonce))
      } catch (error) {
        const refusal = refusalOf(error)
        tell(log, refusal)
        throw new ProblemError(refusal.code)
      }
    },
  }
}

/** What an operator has to know: names from the standards' own lists, never a value. */
function tell(log: FastifyBaseLogger, { about, reason }: Refusal): void {
  if (about === 'our-client') log.error({ reason }, 'the identity provider refuses this backend: look at GOOGLE_*')
  if (about === 'id-token') log.warn({ reason }, 'security: an ID token was refused')
  if (about === 'provider') log.warn({ reason }, 'the identity provider cannot be reached or does not answer well')
}

async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new ProblemError('unavailable')), ms)
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}
