import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { closed, oneOf } from '../contract/common.ts'
import { ProblemError } from '../contract/problems.ts'
import { sendPage } from '../web/page.ts'
import type { Site } from '../web/site.ts'
import { accountPage } from './account-page.ts'
import type { Identity } from './identity.ts'
import { sessionCookie, sessionCookieOptions } from './web-sessions.ts'

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
  ({ identity, site }: { identity: Identity; site: Site }): FastifyPluginAsyncTypebox =>
  async app => {
    const config = { access: 'web' } as const

    const back = (reply: FastifyReply) => reply.redirect('/account', 303)
    const leave = (reply: FastifyReply) => reply.clearCookie(sessionCookie, sessionCookieOptions).redirect('/', 303)

    app.get('/account', { config: { access: 'web', signedIn: true } }, async (request, reply) => {
      const { id, sessionId } = request.webPerson!
      const person = await identity.person(id)
      if (!person) throw new ProblemError('signed_out')
      const [signIns, pausedBy] = [await identity.signIns(id), await identity.pausedBy(id)]
      const view = { person, signIns, pausedBy, here: sessionId, formToken: site.formToken(sessionId) }
      return sendPage(request, reply, t => accountPage(t, view))
    })

    app.post('/account/name', { config, schema: { body: NameForm } }, async (request, reply) => {
      const { id } = site.checkForm(request, request.body.form_token)
      await identity.rename(id, request.body.name.trim() || null)
      return back(reply)
    })

    app.post('/account/sign-out', { config, schema: { body: SignOutForm } }, async (request, reply) => {
      const { form_token, ...signIn } = request.body
      const { id, sessionId } = site.checkForm(request, form_token)
      await identity.endSignIn(id, signIn)
      return signIn.id === sessionId ? leave(reply) : back(reply)
    })

    app.post('/account/sign-out-everywhere', { config, schema: { body: PlainForm } }, async (request, reply) => {
      const { id } = site.checkForm(request, request.body.form_token)
      await identity.signOutEverywhere(id)
      return leave(reply)
    })

    app.post('/account/pause', { config, schema: { body: PlainForm } }, async (request, reply) => {
      const { id } = site.checkForm(request, request.body.form_token)
      await identity.pause(id, 'person')
      return back(reply)
    })

    app.post('/account/resume', { config, schema: { body: PlainForm } }, async (request, reply) => {
      const { id } = site.checkForm(request, request.body.form_token)
      await identity.resume(id, 'person')
      return back(reply)
    })
  }
