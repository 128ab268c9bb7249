import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'

/**
 * OpenAPI from the route schemas, as a page at /docs. Development only: it is registered before the access rules are,
 * because the page's own routes know nothing of them.
 */
export async function registerOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: { info: { title: 'Mimicit', version: '1' } },
    // Pages are for browsers, and webhooks for those that have our address.
    transform: ({ schema, url }) => ({
      schema: { ...schema, hide: !url.startsWith('/v1/') || url.startsWith('/v1/webhooks/') },
      url,
    }),
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })
}
