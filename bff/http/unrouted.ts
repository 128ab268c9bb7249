import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { ProblemCode } from '../contract/problems.ts'
import { logAccess } from './access-log.ts'
import { securityHeaders } from './headers.ts'
import { problemOf, sendProblem } from './problems.ts'

/**
 * Options of the server for what never reaches a route, where neither hooks nor the error handler run: addresses that
 * cannot be read, and bytes that are no HTTP. [C30] They are answered like everything else, and nothing is quoted.
 */
export function answerUnrouted(options: { https: boolean }) {
  const headers = securityHeaders(options)
  return {
    frameworkErrors(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
      sendProblem(reply.headers(headers), error.statusCode === 500 ? 'internal' : 'invalid_request')
      logAccess(request, reply)
    },

    clientErrorHandler({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
      if (code !== 'ECONNRESET' && socket.writable && !isAnswering(socket))
        socket.write(toHttp(clientErrors[code] ?? 'invalid_request', headers))
      socket.destroySoon()
    },
  }
}

/** Codes of Node's HTTP parser and server, in the words of our table. */
const clientErrors: Record<string, ProblemCode> = {
  HPE_HEADER_OVERFLOW: 'too_large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
}

/** As Node's own handler asks: words in the middle of another answer would be read as part of it. */
const isAnswering = (socket: Socket & { _httpMessage?: ServerResponse | null }) =>
  socket._httpMessage?.headersSent ?? false

function toHttp(code: ProblemCode, headers: Record<string, string>): string {
  const problem = problemOf(code)
  const body = JSON.stringify(problem)
  const all = {
    ...headers,
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join('')}\r\n${body}`
}
