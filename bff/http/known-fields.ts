import type { FastifyInstance } from 'fastify'
import { ProblemError } from '../contract/problems.ts'

/** Called by providers and the payment service, whose bodies are read as they come. */
const isWebhook = (url: string) => url.startsWith('/v1/webhooks/')

const hasFields = (value: unknown) =>
  typeof value === 'object' && value !== null && !Buffer.isBuffer(value) && Object.keys(value).length > 0

/**
 * Schemas refuse fields that they do not name; this refuses those of routes that name none. So no address, title or
 * referrer of a page has a place anywhere in the API (P18), not even one where it would be ignored.
 */
export function registerKnownFields(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ routeOptions: { url = '', schema }, query, body }) => {
    if (!url.startsWith('/v1/') || isWebhook(url)) return
    if (!schema?.querystring && hasFields(query)) throw new ProblemError('unknown_field')
    if (!schema?.body && hasFields(body)) throw new ProblemError('unknown_field')
  })
}
