import cors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'

/**
 * [C31] Exactly our extensions may read answers. Needed even though the extension has a host permission: Chrome withholds
 * it while the person has set site access to "on click".
 */
export async function registerCors(app: FastifyInstance, extensionIds: readonly string[]): Promise<void> {
  // The plugin reads the list when it answers, so the routes registered after it are in it.
  const methods: string[] = []
  app.addHook('onRoute', ({ method, url }) => {
    if (url.startsWith('/v1/')) methods.push(...[method].flat().filter(known => !methods.includes(known)))
  })
  await app.register(cors, {
    origin: extensionIds.map(id => `chrome-extension://${id}`),
    credentials: false,
    methods,
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'last-event-id', 'x-mimicit-contract'],
    exposedHeaders: ['retry-after', 'content-disposition'],
    maxAge: 600,
    strictPreflight: false,
  })
}
