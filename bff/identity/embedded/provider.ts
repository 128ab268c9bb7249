import { join } from 'node:path'
import type { Vault } from '../../privacy/vault.ts'
import type { IdentityProvider } from '../provider.ts'
import { openLocalAccounts } from './accounts.ts'
import { createAuthorizations } from './authorizations.ts'
import { authorizePath, embeddedPages } from './pages.ts'

export interface EmbeddedProviderDeps {
  mode: 'development' | 'production'
  dataDir: string
  vault: Vault
  origin: string
  now: () => number
}

/**
 * Stands where Google stands, for development: local accounts, and an issuer that is as strict about state, PKCE and
 * nonce as a real one. Throws in production.
 */
export function createEmbeddedProvider({ mode, dataDir, vault, origin, now }: EmbeddedProviderDeps): IdentityProvider {
  if (mode === 'production')
    throw new Error('Local accounts are not available in production: anybody could be anybody.')
  const accounts = openLocalAccounts(join(dataDir, 'local-accounts.json'), vault)
  const authorizations = createAuthorizations({ now })
  const redirectUri = `${origin}/sign-in/callback`

  return {
    kind: 'embedded',
    authorizeUrl({ state, nonce, challenge }) {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: 'mimicit',
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state,
        nonce,
        code_challenge: challenge,
        code_challenge_method: 'S256',
      })
      return `${authorizePath}?${query}`
    },
    exchange: async answer => authorizations.exchange(answer),
    plugin: embeddedPages({ accounts, authorizations, origin, redirectUri }),
  }
}
