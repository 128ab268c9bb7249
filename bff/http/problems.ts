import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '../contract/common.ts'
import { type ProblemCode, ProblemError, problems } from '../contract/problems.ts'

type Answer = (request: FastifyRequest, reply: FastifyReply) => FastifyReply

/**
 * Every error of every route leaves through here, as application/problem+json without a word about its inside. People who
 * come to an address that does not exist get `notFoundPage`.
 */
export function registerProblems(app: FastifyInstance, { notFoundPage }: { notFoundPage?: Answer } = {}): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = toProblem(error)
    if (problems[problem.code].status >= 500 && problem.code === 'internal')
      request.log.error({ err: error }, 'internal')
    return sendProblem(reply, problem.code, problem.params)
  })
  app.setNotFoundHandler((request, reply) =>
    notFoundPage && isByPerson(request) ? notFoundPage(request, reply) : sendProblem(reply, 'not_found'),
  )
}

/** What browsers ask with when a person opens an address; the API speaks JSON to everybody. */
const isByPerson = ({ method, url, headers }: FastifyRequest) =>
  method === 'GET' && !url.startsWith('/v1/') && headers.accept?.includes('text/html') === true

export function problemOf(code: ProblemCode, params?: Record<string, string | number>): Problem {
  const { status, title } = problems[code]
  return { type: `urn:mimicit:problem:${code}`, title, status, code, ...(params && { params }) }
}

/** The whole answer for one code; for hooks that end a request themselves. */
export function sendProblem(reply: FastifyReply, code: ProblemCode, params?: Record<string, string | number>) {
  const problem = problemOf(code, params)
  // Serialised here: a route's response schema describes its success, and must not filter the problem.
  return reply.code(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem)
}

/** Codes of Fastify and its plugins, in the words of our table. */
const fastifyCodes: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_REQUEST_TIMEOUT: 'request_timeout',
  FST_REQ_FILE_TOO_LARGE: 'picture_too_large',
  FST_FILES_LIMIT: 'invalid_request',
  FST_FIELDS_LIMIT: 'invalid_request',
  FST_PARTS_LIMIT: 'invalid_request',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported_media_type',
}

/** The code an error is answered with. */
export function toProblem(error: FastifyError): { code: ProblemCode; params?: Record<string, string | number> } {
  if (error instanceof ProblemError) return { code: error.code, ...(error.params && { params: error.params }) }
  if (error.validation)
    return {
      code: error.validation.some(v => v.keyword === 'additionalProperties') ? 'unknown_field' : 'invalid_request',
    }
  const known = fastifyCodes[error.code]
  if (known) return { code: known }
  if (error.statusCode === 429) return { code: 'too_many_requests' }
  if (error.statusCode === 404) return { code: 'not_found' }
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) return { code: 'invalid_request' }
  return { code: 'internal' }
}
