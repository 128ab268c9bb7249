import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Problem } from '../contract/common.ts'
import { Person, TokenRequest, Tokens } from '../contract/identity.ts'
import { browserName } from './browser-name.ts'
import type { Identity } from './identity.ts'

/** What the extension asks for: tokens for a code or a refresh token, who it is, and the end of its sign-in. */
export const authRoutes =
  ({ identity }: { identity: Identity }): FastifyPluginAsyncTypebox =>
  async app => {
    const stop = identity.onRevoked(({ reason }) => {
      if (reason !== 'signed_out') app.log.warn({ reason }, 'security: a sign-in was in two hands and has been ended')
    })
    app.addHook('onClose', async () => stop())

    app.post(
      '/v1/auth/token',
      {
        config: { access: 'public' },
        schema: { body: TokenRequest, response: { 200: Tokens, 400: Problem, 401: Problem } },
      },
      async ({ body, headers }) =>
        body.grant === 'code'
          ? identity.exchangeCode(body.code, body.verifier, browserName(headers['user-agent']))
          : identity.refresh(body.refreshToken),
    )

    app.post(
      '/v1/auth/sign-out',
      { config: { access: 'person', standing: 'any' }, schema: { response: { 204: Type.Null(), 401: Problem } } },
      async (request, reply) => {
        await identity.signOut(request.person.familyId)
        return reply.code(204).send(null)
      },
    )

    app.get('/v1/me', { config: { access: 'person' }, schema: { response: { 200: Person, 401: Problem } } }, request =>
      identity.person(request.person.id),
    )
  }
