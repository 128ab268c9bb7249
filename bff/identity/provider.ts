import type { FastifyPluginAsync } from 'fastify'

/** What a provider vouches for. */
export interface Claims {
  /** Stable for ever, and unique across all providers this backend may use. The only key to a person; never the e-mail. */
  subject: string
  email: string
  name: string
}

/** Where people prove who they are: an OpenID Connect issuer with PKCE. */
export interface IdentityProvider {
  readonly kind: 'embedded' | 'google'
  /** What it needs of the server, inside the scope of our pages; registered before anything else is asked of it. */
  readonly plugin: FastifyPluginAsync
  /** The address the browser is sent to; it comes back to /sign-in/callback. */
  authorizeUrl(request: { state: string; nonce: string; challenge: string }): string
  /** Throws ProblemError sign_in_failed when the code, verifier or nonce is refused, unavailable when nobody answers. */
  exchange(answer: { code: string; verifier: string; nonce: string }): Promise<Claims>
}
