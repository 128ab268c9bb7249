import type { FastifyInstance } from 'fastify'

/** GET /health: the process serves; `books` tells whether the last look through the ledger found it in order. */
export function registerHealth(app: FastifyInstance, { booksInOrder }: { booksInOrder: () => boolean }): void {
  app.get('/health', { config: { access: 'public', rateLimit: false }, schema: { hide: true } }, async () => ({
    ok: true,
    books: booksInOrder() ? 'in order' : 'drift',
  }))
}
