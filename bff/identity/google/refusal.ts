import { errors } from 'jose'
import { ProblemError } from '../../contract/problems.ts'

export interface Refusal {
  code: 'sign_in_failed' | 'unavailable'
  /** Whose fault it is: decides who has to hear of it. */
  about: 'attempt' | 'our-client' | 'id-token' | 'provider'
  /** A name from OAuth's or jose's own list. */
  reason: string
}

/** RFC 6749, section 5.2: the ones that mean that our settings are wrong, not the attempt. */
const ofOurClient = ['invalid_client', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope']

/** What an answer of the token endpoint looks like when simple-oauth2 throws it. */
interface TokenRefusal {
  output?: { statusCode?: number }
  data?: { payload?: { error?: unknown } }
}

/** Why a sign-in ended at the provider, from whatever was thrown on the way. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof ProblemError)
    return error.code === 'sign_in_failed'
      ? { code: 'sign_in_failed', about: 'id-token', reason: 'claims' }
      : { code: 'unavailable', about: 'provider', reason: error.code }
  if (error instanceof errors.JWKSInvalid || error instanceof errors.JWKSTimeout)
    return { code: 'unavailable', about: 'provider', reason: error.code }
  if (error instanceof errors.JOSEError) return { code: 'sign_in_failed', about: 'id-token', reason: error.code }

  const { output, data } = error as TokenRefusal
  const named = data?.payload?.error
  if (typeof named === 'string' && ofOurClient.includes(named))
    return { code: 'unavailable', about: 'our-client', reason: named }
  if (typeof named === 'string' && output?.statusCode === 400)
    return { code: 'sign_in_failed', about: 'attempt', reason: 'refused' }
  return { code: 'unavailable', about: 'provider', reason: `status ${output?.statusCode ?? 0}` }
}
