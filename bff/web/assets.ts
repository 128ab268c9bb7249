import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'

const files = {
  'tokens.css': 'text/css; charset=utf-8',
  'style.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
  'handoff.js': 'text/javascript; charset=utf-8',
  'credits-updated.js': 'text/javascript; charset=utf-8',
}

/** The few files the pages need beside themselves, read once. */
export function registerAssets(app: FastifyInstance): void {
  for (const [name, type] of Object.entries(files)) {
    const content = readFileSync(join(import.meta.dirname, 'assets', name))
    app.get(`/assets/${name}`, { config: { access: 'public' } }, async (_request, reply) =>
      reply.type(type).header('cache-control', 'public, max-age=300').send(content),
    )
  }
}
