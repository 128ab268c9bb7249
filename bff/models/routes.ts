import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ModelList } from '../contract/models.ts'
import { publicModel, type Registry } from './registry.ts'
import type { UsualTimes } from './usual-times.ts'

/** GET /v1/models: the whole catalogue, retired models too, so that old pictures keep a name. */
export const modelRoutes =
  ({ registry, usualTimes }: { registry: Registry; usualTimes: UsualTimes }): FastifyPluginAsyncTypebox =>
  async app => {
    app.get('/v1/models', { config: { access: 'public' }, schema: { response: { 200: ModelList } } }, async () => ({
      models: registry.all().map(entry => ({ ...publicModel(entry), usualMs: usualTimes.of(entry.id, entry.usualMs) })),
    }))
  }
