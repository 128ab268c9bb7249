import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { closed, oneOf } from '../contract/common.ts'
import { signInPath } from '../web/message.ts'
import { sendPage } from '../web/page.ts'
import { accountPage } from './account-page.ts'
import { checkForm, formToken } from './form-token.ts'
import type { Identity } from './identity.ts'
import { sessionCookie, sessionCookieOptions } from './web-sessions.ts'

export interface AccountPagesDeps {
  identity: Identity
  origin: string
  secret: Uint8Array
}

const form_token = Type.String()
const NameForm = closed({ form_token, name: Type.String({ maxLength: 80 }) })
const SignOutForm = closed({
  form_token,
  kind: oneOf(['extension', 'web']),
  id: Type.String({ maxLength: 64 }),
})
const PlainForm = closed({ form_token })

/** Who I am here, where I am signed in, and the ways to change it. */
export const accountPages =
  ({ identity, origin, secret }: AccountPagesDeps): FastifyPluginAsyncTypebox =>
  async app => {
    const config = { access: 'web' } as const
    const page = { origin, secret }

    const back = (reply: FastifyReply) => reply.redirect('/account', 303)
    const leave = (reply: FastifyReply) => reply.clearCookie(sessionCookie, sessionCookieOptions).redirect('/', 303)

    app.get('/account', { config, schema: { hide: true } }, async (request, reply) => {
      const session = request.webPerson
      const person = session && (await identity.person(session.id))
      if (!person) return reply.redirect(signInPath('/account'), 303)
      const [signIns, pausedBy] = [await identity.signIns(person.id), await identity.pausedBy(person.id)]
      const view = {
        person,
        signIns,
        pausedBy,
        here: session.sessionId,
        formToken: formToken(secret, session.sessionId),
      }
      return sendPage(request, reply, (t, language) => accountPage(t, language, view))
    })

    app.post('/account/name', { config, schema: { hide: true, body: NameForm } }, async (request, reply) => {
      const { id } = checkForm(request, request.body.form_token, page)
      await identity.rename(id, request.body.name.trim() || null)
      return back(reply)
    })

    app.post('/account/sign-out', { config, schema: { hide: true, body: SignOutForm } }, async (request, reply) => {
      const { form_token, ...signIn } = request.body
      const { id, sessionId } = checkForm(request, form_token, page)
      await identity.endSignIn(id, signIn)
      return signIn.id === sessionId ? leave(reply) : back(reply)
    })

    app.post(
      '/account/sign-out-everywhere',
      { config, schema: { hide: true, body: PlainForm } },
      async (request, reply) => {
        const { id } = checkForm(request, request.body.form_token, page)
        await identity.signOutEverywhere(id)
        return leave(reply)
      },
    )

    app.post('/account/pause', { config, schema: { hide: true, body: PlainForm } }, async (request, reply) => {
      const { id } = checkForm(request, request.body.form_token, page)
      await identity.pause(id, 'person')
      return back(reply)
    })

    app.post('/account/resume', { config, schema: { hide: true, body: PlainForm } }, async (request, reply) => {
      const { id } = checkForm(request, request.body.form_token, page)
      await identity.resume(id, 'person')
      return back(reply)
    })
  }
