import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { closed, Id } from '../../contract/common.ts'
import { ProblemError } from '../../contract/problems.ts'
import { html } from '../../web/html.ts'
import type { Texts } from '../../web/language.ts'
import { sendPage } from '../../web/page.ts'
import { checkSameOrigin } from '../../web/site.ts'
import type { LocalAccount, LocalAccounts } from './accounts.ts'
import type { Authorizations } from './authorizations.ts'

export const authorizePath = '/embedded-accounts/authorize'
const addPath = '/embedded-accounts/add'

export interface EmbeddedPagesDeps {
  accounts: LocalAccounts
  authorizations: Authorizations
  origin: string
  redirectUri: string
}

/** An authorization request as OpenID Connect has it; other scopes and methods than ours are refused. */
const AuthorizeQuery = closed({
  response_type: Type.Literal('code'),
  client_id: Type.Literal('mimicit'),
  redirect_uri: Type.String(),
  scope: Type.Literal('openid email profile'),
  state: Type.String({ minLength: 1, maxLength: 200 }),
  nonce: Type.String({ minLength: 1, maxLength: 200 }),
  code_challenge: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
  code_challenge_method: Type.Literal('S256'),
})
type AuthorizeQuery = Static<typeof AuthorizeQuery>

const ChooseForm = closed({ account: Id })
const AddForm = closed({
  name: Type.String({ pattern: '\\S', maxLength: 80 }),
  email: Type.String({ pattern: '^[^\\s@]+@[^\\s@]+$', maxLength: 254 }),
})

/** The pages of the embedded issuer: choose a local account, add one, or go back without. */
export const embeddedPages =
  ({ accounts, authorizations, origin, redirectUri }: EmbeddedPagesDeps): FastifyPluginAsyncTypebox =>
  async app => {
    const schema = { querystring: AuthorizeQuery }
    const config = { access: 'public' } as const

    app.addHook('preHandler', async request => {
      if ((request.query as AuthorizeQuery).redirect_uri !== redirectUri) throw new ProblemError('invalid_request')
      if (request.method === 'POST') checkSameOrigin(request, origin)
    })

    const back = (state: string, answer: Record<string, string>) =>
      `${redirectUri}?${new URLSearchParams({ ...answer, state })}`

    const signIn = ({ id, name, email }: LocalAccount, query: AuthorizeQuery) => {
      const { state, nonce, code_challenge: challenge } = query
      const code = authorizations.issue({ claims: { subject: `local:${id}`, name, email }, challenge, nonce })
      return back(state, { code })
    }

    app.get(authorizePath, { config, schema }, async (request, reply) =>
      sendPage(request, reply, t => ({
        title: t('embedded.title'),
        here: request.url,
        main: choice(t, accounts.list(), request.query, back(request.query.state, { error: 'access_denied' })),
      })),
    )

    app.post(authorizePath, { config, schema: { ...schema, body: ChooseForm } }, async (request, reply) => {
      const account = accounts.get(request.body.account)
      if (!account) throw new ProblemError('invalid_request')
      return reply.redirect(signIn(account, request.query), 303)
    })

    app.post(addPath, { config, schema: { ...schema, body: AddForm } }, async (request, reply) => {
      const { name, email } = request.body
      const account = await accounts.add({ name: name.trim(), email })
      return reply.redirect(signIn(account, request.query), 303)
    })
  }

function choice(t: Texts, accounts: readonly LocalAccount[], query: AuthorizeQuery, cancel: string) {
  const search = new URLSearchParams(query).toString()
  return html`<h1>${t('embedded.title')}</h1>
      <p>${t('embedded.text')}</p>
      ${
        accounts.length > 0 &&
        html`<section>
        <h2>${t('embedded.choose')}</h2>
        <form method="post" action="${authorizePath}?${search}" class="choices">
          ${accounts.map(
            ({ id, name, email }) =>
              html`<button name="account" value="${id}">${name}<span class="small">${email}</span></button>`,
          )}
        </form>
      </section>`
      }
      <section>
        <h2>${t('embedded.add')}</h2>
        <form method="post" action="${addPath}?${search}">
          <label>${t('embedded.name')}<input name="name" required maxlength="80" autocomplete="off"></label>
          <label>${t('embedded.email')}<input name="email" type="email" required maxlength="254" autocomplete="off"></label>
          <p class="actions"><button>${t('embedded.create')}</button><a href="${cancel}">${t('embedded.cancel')}</a></p>
        </form>
      </section>`
}
