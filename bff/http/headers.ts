import type { FastifyInstance } from 'fastify'

const headers: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-site',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
}

export const securityHeaders = ({ https }: { https: boolean }): Record<string, string> =>
  https ? { ...headers, 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : headers

/** [C30] Security headers on every answer, errors included; a page that needs another policy sets its own first. */
export function registerHeaders(app: FastifyInstance, options: { https: boolean }): void {
  const all = securityHeaders(options)
  app.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of Object.entries(all)) if (!reply.hasHeader(name)) reply.header(name, value)
  })
}
