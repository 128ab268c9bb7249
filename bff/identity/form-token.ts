import type { FastifyRequest } from 'fastify'
import { ProblemError } from '../contract/problems.ts'
import type { WebSignedIn } from '../http/access.ts'
import { checkSameOrigin } from '../web/same-origin.ts'
import { equal, keyed } from './secrets.ts'

/** Proof that a form came from a page that was shown to this very session. */
export const formToken = (secret: Uint8Array, sessionId: string): string => keyed(secret, 'form', sessionId)

/** The signed-in person behind a form, or a refusal: foreign origin, signed out, or a form of another session. */
export function checkForm(
  request: FastifyRequest,
  token: string,
  { origin, secret }: { origin: string; secret: Uint8Array },
): WebSignedIn {
  checkSameOrigin(request, origin)
  if (!request.webPerson) throw new ProblemError('signed_out')
  if (!equal(token, formToken(secret, request.webPerson.sessionId))) throw new ProblemError('forbidden_origin')
  return request.webPerson
}
