import type { FastifyRequest } from 'fastify'
import { ProblemError } from '../contract/problems.ts'

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
