import type { FastifyInstance } from 'fastify'

/** GET /health: the process serves. */
export function registerHealth(app: FastifyInstance): void {
  app.get('/health', { config: { access: 'public', rateLimit: false }, schema: { hide: true } }, async () => ({
    ok: true,
  }))
}
