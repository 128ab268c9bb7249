import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { closed, IdParams } from '../contract/common.ts'
import { ProblemError } from '../contract/problems.ts'
import type { Provider } from '../providers/provider.ts'
import type { WebhookEvent } from './run/webhook-events.ts'

interface WebhookDeps {
  providers: ReadonlyMap<string, Provider>
  receive: (news: WebhookEvent) => Promise<void>
}

const WebhookParams = closed({ ...IdParams.properties, provider: Type.String() })

export const webhookOf = (provider: Provider | undefined) => (provider?.way === 'queue' ? provider.webhook : undefined)

/** Where a provider tells that a job has ended. What it has not signed is answered as if there were nothing here. */
export const webhookRoutes =
  ({ providers, receive }: WebhookDeps): FastifyPluginAsyncTypebox =>
  async app => {
    // The signature is over the bytes as they came.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

    app.post(
      '/v1/webhooks/:provider/:id',
      { config: { access: 'public' }, schema: { params: WebhookParams, response: { 204: Type.Null() } } },
      async ({ params, headers, body }, reply) => {
        const { provider, id: jobId } = params
        const webhook = webhookOf(providers.get(provider))
        const requestId = Buffer.isBuffer(body) ? ((await webhook?.check({ headers, rawBody: body })) ?? null) : null
        if (requestId === null) throw new ProblemError('not_found')
        await receive({ provider, jobId, requestId })
        return reply.code(204).send(null)
      },
    )
  }
