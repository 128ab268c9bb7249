import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ProblemCode } from '../contract/problems.ts'
import { sendProblem } from './problems.ts'

export type Access = 'public' | 'person' | 'web'

/** Who asks, by bearer token (the extension). */
export interface SignedIn {
  id: string
  familyId: string
}
/** Who asks, by session cookie (the web pages). */
export interface WebSignedIn {
  id: string
  sessionId: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /**
     * On routes with access 'person' that change something: 'any' lets in people whose account is paused, or who have not
     * agreed to the policy in force. For looking after what is theirs, and for leaving.
     */
    standing?: 'any'
  }
  interface FastifyRequest {
    /** Set on routes with access 'person'. */
    person: SignedIn
    /** Set on routes with access 'web' while signed in, else null: pages decide what a signed-out visitor sees. */
    webPerson: WebSignedIn | null
  }
}

export interface Authenticators {
  token(token: string): Promise<SignedIn | null>
  session(request: FastifyRequest): Promise<WebSignedIn | null>
  /** Why this person may not change anything now; null when they may. */
  refusal(personId: string): Promise<ProblemCode | null>
}

const looks = ['GET', 'HEAD']

/** Deny by default: a route that declares no access rule stops the start; the rule is enforced before its body is read. */
export function registerAccess(app: FastifyInstance, authenticate: Authenticators): void {
  app.decorateRequest('person', null as never)
  app.decorateRequest('webPerson', null)
  app.addHook('onRoute', route => {
    if (!route.config?.access) throw new Error(`Route ${String(route.method)} ${route.url} declares no access rule.`)
  })
  app.addHook('onRequest', async (request, reply) => {
    const { access, standing } = request.routeOptions.config
    if (access === 'web') request.webPerson = await authenticate.session(request)
    if (access !== 'person') return
    const token = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? '')?.[1]
    const person = token ? await authenticate.token(token) : null
    if (!person) return sendProblem(reply, 'signed_out')
    request.person = person
    const refusal = standing === 'any' || looks.includes(request.method) ? null : await authenticate.refusal(person.id)
    if (refusal) return sendProblem(reply, refusal)
  })
}
