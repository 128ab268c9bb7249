import type { FastifyInstance } from 'fastify'
import { until } from './until.ts'

export interface ReadEvent {
  event: string
  id: string | null
  data: unknown
}

/** An open GET /v1/events, read as it comes. */
export async function openEvents(app: FastifyInstance, headers: Record<string, string>, lastEventId?: string) {
  const answer = await app.inject({
    url: '/v1/events',
    headers: { ...headers, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
    payloadAsStream: true,
  })
  const stream = answer.stream()
  let text = ''
  let ended = false
  const blocks = () => text.split('\n\n').slice(0, -1)
  stream.on('data', chunk => {
    text += chunk
  })
  stream.on('close', () => {
    ended = true
  })
  stream.on('error', () => {})
  const events = (): ReadEvent[] =>
    blocks()
      .filter(block => !block.startsWith(':'))
      .map(readBlock)

  return {
    status: answer.statusCode,
    headers: answer.headers,
    events,
    heartbeats: () => blocks().filter(block => block.startsWith(':')).length,
    isEnded: () => ended,
    /** The events, once there are so many. */
    async read(count: number): Promise<ReadEvent[]> {
      await until(() => events().length >= count)
      return events()
    },
    untilEnded: () => until(() => ended),
    close: () => void stream.destroy(),
  }
}

function readBlock(block: string): ReadEvent {
  const field = (name: string) =>
    block
      .split('\n')
      .find(line => line.startsWith(`${name}: `))
      ?.slice(name.length + 2)
  return { event: field('event') ?? '', id: field('id') ?? null, data: JSON.parse(field('data') ?? 'null') }
}
