import type { FastifyReply } from 'fastify'
import type { Fault } from './server.ts'

/** The socket is ours from here on. */
function take(reply: FastifyReply) {
  reply.hijack()
  return reply.raw
}

const json = { 'content-type': 'application/json' }

/** Never answers. */
export const hang: Fault = reply => void take(reply)

/** The connection is reset, the request having arrived. */
export const resetBeforeHeaders: Fault = reply => void take(reply).socket?.resetAndDestroy()

/** Begins a success, then the connection is reset. */
export const resetAfterHeaders: Fault = reply => {
  const raw = take(reply)
  raw.writeHead(200, json)
  raw.write('{"data":[', () => raw.socket?.resetAndDestroy())
}

/** Promises more than it sends, and ends the connection in peace. */
export const cutBody: Fault = reply => {
  const raw = take(reply)
  raw.writeHead(200, { ...json, 'content-length': 1000 })
  raw.write('{"data":[', () => raw.socket?.end())
}

/** Answers with this status, body and headers. */
export const answers =
  (status: number, body: string | object, headers: Record<string, string> = {}): Fault =>
  reply => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const type = typeof body === 'string' ? 'text/plain' : 'application/json'
    take(reply)
      .writeHead(status, { 'content-type': type, ...headers })
      .end(text)
  }

/** A page of some proxy, called a success. */
export const html = answers(200, '<!doctype html><title>Welcome</title>', { 'content-type': 'text/html' })

/** Points elsewhere; by default at a cloud's own service. */
export const redirects = (location = 'http://169.254.169.254/latest/meta-data/') => answers(302, '', { location })

/** A success of so many bytes, one after the other, in chunks of 64 KiB; `declared` says its length before. */
export const huge =
  (bytes: number, { declared = false } = {}): Fault =>
  reply => {
    const raw = take(reply)
    raw.writeHead(200, declared ? { ...json, 'content-length': bytes } : json)
    const chunk = Buffer.alloc(64 * 1024, 'a')
    let left = bytes
    const more = () => {
      while (left > 0 && !raw.destroyed) {
        left -= chunk.length
        if (!raw.write(chunk)) return
      }
      raw.end()
    }
    raw.on('drain', more)
    raw.on('error', () => {})
    more()
  }

/** Begins a success of many bytes and sends one of them, ever. */
export const drip: Fault = reply => {
  const raw = take(reply)
  raw.writeHead(200, { ...json, 'content-length': 1000 })
  raw.write('{')
}

/** A refusal that repeats our key and everything we sent, in a body of the provider's own shape. */
export const echoes =
  (
    status = 400,
    shape = (message: string): object => ({ error: { message, type: 'x', param: null, code: null } }),
  ): Fault =>
  (reply, request) => {
    const message = `${JSON.stringify(request.headers)} ${request.body.toString('latin1')}`
    return answers(status, shape(message))(reply, request)
  }
