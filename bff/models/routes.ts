import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ModelList } from '../contract/models.ts'
import type { Offer } from './offer.ts'

/** GET /v1/models: all the panel knows about models. */
export const modelRoutes =
  (offer: Pick<Offer, 'list'>): FastifyPluginAsyncTypebox =>
  async app => {
    app.get('/v1/models', { config: { access: 'public' }, schema: { response: { 200: ModelList } } }, async () => ({
      models: offer.list(),
    }))
  }
