import type { FastifyRequest } from 'fastify'
import { ProblemError } from '../contract/problems.ts'
import type { WebSignedIn } from '../http/access.ts'
import { equal, keyed } from '../http/secrets.ts'

/** What all our pages share. */
export interface Site {
  origin: string
  /** Of our own extensions: no other is told anything. */
  extensionIds: readonly string[]
  /** Proof that a form came from a page that was shown to this very session. */
  formToken(sessionId: string): string
  /** The signed-in person behind a form, or a refusal: foreign origin, signed out, or a form of another session. */
  checkForm(request: FastifyRequest, token: string): WebSignedIn
}

export function createSite(options: { origin: string; extensionIds: readonly string[]; secret: Uint8Array }): Site {
  const { origin, extensionIds, secret } = options
  const formToken = (sessionId: string) => keyed(secret, 'form', sessionId)
  return {
    origin,
    extensionIds,
    formToken,
    checkForm(request, token) {
      checkSameOrigin(request, origin)
      if (!request.webPerson) throw new ProblemError('signed_out')
      if (!equal(token, formToken(request.webPerson.sessionId))) throw new ProblemError('forbidden_origin')
      return request.webPerson
    },
  }
}

/**
 * A form may be sent by our own pages only. Under "Referrer-Policy: no-referrer" browsers send "Origin: null" even to
 * the same origin; then Sec-Fetch-Site, which no page can set, has to say so.
 */
export function checkSameOrigin(request: FastifyRequest, origin: string): void {
  const site = request.headers['sec-fetch-site']
  const from = request.headers.origin
  const fits =
    from === origin ? site === undefined || site === 'same-origin' : from === 'null' && site === 'same-origin'
  if (!fits) throw new ProblemError('forbidden_origin')
}

/** `path` when it stays on our own origin, else `fallback`: where a page sends people afterwards is never another site. */
export function localPath(path: string | undefined, origin: string, fallback = '/'): string {
  if (!path?.startsWith('/')) return fallback
  const url = URL.parse(path, origin)
  if (url?.origin !== origin) return fallback
  const normal = url.pathname + url.search
  // "/.//evil.test" has our origin, but its normal form would be read as another host.
  return normal.startsWith('//') ? fallback : normal
}
