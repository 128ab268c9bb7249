import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { registerAssets } from '../web/assets.ts'
import { homeRoutes } from '../web/home.ts'
import { registerPageScope } from '../web/scope.ts'
import type { Site } from '../web/site.ts'
import { accountPages } from './account-pages.ts'
import { connectPages } from './connect-pages.ts'
import { consentPages } from './consent-pages.ts'
import type { Identity } from './identity.ts'
import type { IdentityProvider } from './provider.ts'
import { createAttempts } from './sign-in-attempts.ts'
import { signInPages } from './sign-in-pages.ts'
import { welcomePages } from './welcome-pages.ts'

export interface WebRoutesDeps {
  identity: Identity
  provider: IdentityProvider
  site: Site
  /** 32 bytes: keys what a sign-in under way has to keep to itself. */
  secret: Uint8Array
  now: () => number
}

/** All pages that need to know who somebody is. Needs @fastify/cookie registered before. */
export const webRoutes =
  ({ identity, provider, site, secret, now }: WebRoutesDeps): FastifyPluginAsyncTypebox =>
  async app => {
    const attempts = createAttempts({ secret, now })
    await registerPageScope(app, site)
    registerAssets(app)
    await app.register(provider.plugin)
    await app.register(homeRoutes({ site, signInWith: provider.kind, person: identity.person }))
    await app.register(signInPages({ identity, provider, attempts, site }))
    await app.register(welcomePages({ identity, attempts, site }))
    await app.register(consentPages({ identity, site }))
    await app.register(accountPages({ identity, site }))
    await app.register(connectPages({ identity, site }))
  }
