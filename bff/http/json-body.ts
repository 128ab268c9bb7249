import type { FastifyInstance } from 'fastify'
import { parseStrictJson } from './strict-json.ts'

/**
 * [C32] Bodies are strict JSON; rooms that take something else say so themselves. [C28] Fastify's own reading of
 * text/plain goes: a form of another site can send that without asking.
 */
export function registerJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) =>
    parseStrictJson(body),
  )
}
