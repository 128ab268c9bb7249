import type { FastifyReply, FastifyRequest } from 'fastify'
import { lifetimes } from './lifetimes.ts'
import { challengeOf, equal, keyed, newSecret } from './secrets.ts'

/** A sign-in under way. Only the browser that holds its cookie can end it. */
interface Attempt {
  state: string
  /** Local path to go to afterwards; from a cookie, so check it again. */
  next: string
  nonce: string
  verifier: string
}

export interface Attempts {
  start(request: FastifyRequest, reply: FastifyReply, next: string): Attempt & { challenge: string }
  /** The attempt of this browser that has this state. */
  find(request: FastifyRequest, state: string): Attempt | null
  end(reply: FastifyReply, attempt: Attempt): void
}

/** One cookie per attempt, so that tabs signing in at once do not overwrite each other. */
const prefix = '__Host-mimicit-sign-in-'
const cookieOf = (state: string) => prefix + state.slice(0, 8)
const options = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const
/** More open attempts than this are dropped, so that a hostile page cannot fill the Cookie header. */
const maxOpen = 8

/**
 * Attempts live in the browser alone: the cookie holds state and `next`; verifier and nonce are derived from the state
 * under a secret, and are never sent to the browser. Starting one writes nothing here.
 */
export function createAttempts(secret: Uint8Array): Attempts {
  const attempt = (state: string, next: string) => ({
    state,
    next,
    nonce: keyed(secret, 'nonce', state),
    verifier: keyed(secret, 'verifier', state),
  })

  return {
    start(request, reply, next) {
      const open = Object.keys(request.cookies).filter(name => name.startsWith(prefix))
      if (open.length >= maxOpen) for (const name of open) reply.clearCookie(name, options)
      const started = attempt(newSecret(), next)
      const value = `${started.state}.${Buffer.from(next).toString('base64url')}`
      reply.setCookie(cookieOf(started.state), value, { ...options, maxAge: lifetimes.signInAttempt / 1000 })
      return { ...started, challenge: challengeOf(started.verifier) }
    },

    find(request, state) {
      const [known = '', next = ''] = request.cookies[cookieOf(state)]?.split('.') ?? []
      return known && equal(known, state) ? attempt(state, Buffer.from(next, 'base64url').toString()) : null
    },

    end(reply, { state }) {
      reply.clearCookie(cookieOf(state), options)
    },
  }
}
