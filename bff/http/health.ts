import type { FastifyInstance } from 'fastify'

/** GET /health: the process serves; `ledger` tells whether the last look through it found it in order. */
export function registerHealth(app: FastifyInstance, { ledgerInOrder }: { ledgerInOrder: () => boolean }): void {
  app.get('/health', { config: { access: 'public', rateLimit: false }, schema: { hide: true } }, async () => ({
    ok: true,
    ledger: ledgerInOrder() ? 'in order' : 'drift',
  }))
}
