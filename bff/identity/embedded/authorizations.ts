import { ProblemError } from '../../contract/problems.ts'
import { challengeOf, equal, newSecret } from '../../http/secrets.ts'
import type { Claims } from '../provider.ts'

const codeLifetime = 60_000

/** The codes of an authorization server: once, for a minute, only against the verifier and nonce they were asked with. */
export interface Authorizations {
  issue(grant: { claims: Claims; challenge: string; nonce: string }): string
  exchange(answer: { code: string; verifier: string; nonce: string }): Claims
}

/** In memory: a code does not outlive a restart any more than a minute. */
export function createAuthorizations({ now }: { now: () => number }): Authorizations {
  const open = new Map<string, { claims: Claims; challenge: string; nonce: string; expiresAt: number }>()

  return {
    issue(grant) {
      for (const [code, { expiresAt }] of open) if (expiresAt <= now()) open.delete(code)
      const code = newSecret()
      open.set(code, { ...grant, expiresAt: now() + codeLifetime })
      return code
    },

    exchange({ code, verifier, nonce }) {
      const grant = open.get(code)
      open.delete(code)
      const fits =
        grant !== undefined &&
        grant.expiresAt > now() &&
        equal(challengeOf(verifier), grant.challenge) &&
        equal(nonce, grant.nonce)
      if (!fits) throw new ProblemError('sign_in_failed')
      return grant.claims
    },
  }
}
