import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** One message; `data` is sent as JSON. Only messages with an id are replayed to a client that comes back. */
export interface StreamMessage {
  event: string
  data: unknown
  id?: number
}
/** A comment: shows both sides that the line still stands. */
export const heartbeat = Symbol('heartbeat')
export type StreamItem = StreamMessage | typeof heartbeat

export function encodeItem(item: StreamItem): string {
  if (item === heartbeat) return ':\n\n'
  const id = item.id === undefined ? '' : `id: ${item.id}\n`
  return `${id}event: ${item.event}\ndata: ${JSON.stringify(item.data)}\n\n`
}

/**
 * Answers with text/event-stream until `items` ends; `onClose` runs when the client has gone or all is sent. Items are
 * taken one by one as the client reads, so a slow client costs no memory.
 */
export function sendEventStream(reply: FastifyReply, items: AsyncIterable<StreamItem>, onClose: () => void) {
  reply.raw.once('close', onClose)
  return reply
    .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    .type('text/event-stream; charset=utf-8')
    .send(Readable.from(encode(items), { objectMode: false }))
}

async function* encode(items: AsyncIterable<StreamItem>): AsyncGenerator<string> {
  for await (const item of items) yield encodeItem(item)
}
