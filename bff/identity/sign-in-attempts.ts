import type { FastifyReply, FastifyRequest } from 'fastify'
import { EncryptJWT, jwtDecrypt } from 'jose'
import { challengeOf, equal, keyed, newSecret } from '../http/secrets.ts'
import { lifetimes } from './lifetimes.ts'
import type { Claims } from './provider.ts'

/** A sign-in under way. Only the browser that holds its cookie can end it. */
interface Attempt {
  /** Names its cookie; worth nothing without it. */
  id: string
  state: string
  /** Local path to go to afterwards; from a cookie, so check it again. */
  next: string
  nonce: string
  verifier: string
}

/** A sign-in the provider has vouched for, whose person has questions to answer first. */
interface Held {
  id: string
  claims: Claims
  next: string
}

export interface Attempts {
  start(request: FastifyRequest, reply: FastifyReply, next: string): Attempt & { challenge: string }
  /** The attempt of this browser that has this state. */
  find(request: FastifyRequest, state: string): Attempt | null
  /** Keeps what the provider vouched for with the browser, sealed, in place of the attempt. */
  hold(reply: FastifyReply, attempt: Attempt, claims: Claims): Promise<void>
  held(request: FastifyRequest, id: string): Promise<Held | null>
  end(reply: FastifyReply, attempt: { id: string }): void
}

/** One cookie per attempt, so that tabs signing in at once do not overwrite each other. */
const prefix = '__Host-mimicit-sign-in-'
const cookieOf = (id: string) => prefix + id
const idOf = (state: string) => state.slice(0, 8)
const options = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const
const maxAge = lifetimes.signInAttempt / 1000
/** More open attempts than this are dropped, so that a hostile page cannot fill the Cookie header. */
const maxOpen = 8

/**
 * Attempts live in the browser alone: the cookie holds state and `next`; verifier and nonce are derived from the state
 * under a secret, and are never sent to the browser. Starting one writes nothing here, and somebody who turns back at the
 * questions has left nothing behind.
 */
export function createAttempts({ secret, now }: { secret: Uint8Array; now: () => number }): Attempts {
  const attempt = (state: string, next: string) => ({
    id: idOf(state),
    state,
    next,
    nonce: keyed(secret, 'nonce', state),
    verifier: keyed(secret, 'verifier', state),
  })
  const sealing = Buffer.from(keyed(secret, 'held', ''), 'base64url')

  return {
    start(request, reply, next) {
      const open = Object.keys(request.cookies).filter(name => name.startsWith(prefix))
      if (open.length >= maxOpen) for (const name of open) reply.clearCookie(name, options)
      const started = attempt(newSecret(), next)
      const value = `${started.state}.${Buffer.from(next).toString('base64url')}`
      reply.setCookie(cookieOf(started.id), value, { ...options, maxAge })
      return { ...started, challenge: challengeOf(started.verifier) }
    },

    find(request, state) {
      const [known = '', next = ''] = request.cookies[cookieOf(idOf(state))]?.split('.') ?? []
      return known && equal(known, state) ? attempt(state, Buffer.from(next, 'base64url').toString()) : null
    },

    async hold(reply, { id, next }, claims) {
      const sealed = await new EncryptJWT({ id, next, claims })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(now() / 1000 + maxAge)
        .encrypt(sealing)
      reply.setCookie(cookieOf(id), sealed, { ...options, maxAge })
    },

    async held(request, id) {
      const sealed = request.cookies[cookieOf(id)]
      if (!sealed) return null
      try {
        const { payload } = await jwtDecrypt<Held>(sealed, sealing, { currentDate: new Date(now()) })
        return payload.id === id ? payload : null
      } catch {
        return null
      }
    },

    end(reply, { id }) {
      reply.clearCookie(cookieOf(id), options)
    },
  }
}
