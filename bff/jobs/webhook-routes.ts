import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { IdParams } from '../contract/common.ts'
import { ProblemError } from '../contract/problems.ts'
import type { CheckWebhook } from '../providers/fal/webhook.ts'
import type { News } from './run/webhook-events.ts'

interface WebhookDeps {
  /** Null: fal's key is not set, and nobody has anything to tell. */
  check: CheckWebhook | null
  hear: (news: News) => Promise<void>
}

/** Where fal tells that a job has ended. What is not signed by fal is answered as if there were nothing here. */
export const webhookRoutes =
  ({ check, hear }: WebhookDeps): FastifyPluginAsyncTypebox =>
  async app => {
    // The signature is over the bytes as they came.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

    app.post(
      '/v1/webhooks/fal/:id',
      { config: { access: 'public' }, schema: { params: IdParams, response: { 204: Type.Null() } } },
      async ({ params, headers, body }, reply) => {
        const news = Buffer.isBuffer(body) && (await check?.({ headers, rawBody: body }))
        if (!news) throw new ProblemError('not_found')
        await hear({ provider: 'fal', jobId: params.id, requestId: news.requestId })
        return reply.code(204).send(null)
      },
    )
  }
