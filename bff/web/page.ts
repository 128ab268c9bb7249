import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Language, languageOf, type Texts, textsOf } from './language.ts'
import { layout, type Page } from './layout.ts'

/** Everything is forbidden but our own style sheet, icon and forms; one script where a page brings a nonce for it. */
const policy = (nonce: string | undefined) =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    ...(nonce ? [`script-src 'nonce-${nonce}'`] : []),
  ].join('; ')

interface Options {
  status?: number
  /** Of the page's one script. */
  nonce?: string
}

/** Answers a page in the visitor's language. */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  build: (t: Texts, language: Language) => Page,
  { status = 200, nonce }: Options = {},
): FastifyReply {
  const language = languageOf(request)
  const t = textsOf(language)
  return reply
    .code(status)
    .header('content-security-policy', policy(nonce))
    .header('content-language', language)
    .type('text/html; charset=utf-8')
    .send(layout(build(t, language), language, t))
}
