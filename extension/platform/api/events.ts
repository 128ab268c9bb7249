import * as v from 'valibot'
import type { JobEvent, ProgressEvent } from '../../../bff/contract/events.ts'
import { readAs, word } from '../shape.ts'
import { createStreamParser, type StreamMessage } from './event-stream.ts'
import { ApiProblem } from './problem.ts'

/** What the backend tells on GET /v1/events. `id` is what to hand back as `lastEventId`. */
export type BackendEvent =
  | { type: 'job'; id: string; data: JobEvent }
  | { type: 'progress'; data: ProgressEvent }
  | { type: 'balance' }
  /** The cursor is older than what the backend keeps: read the lists again. */
  | { type: 'reset' }

export interface EventsRequest {
  signal: AbortSignal
  lastEventId?: string | undefined
  onEvent: (event: BackendEvent) => void
  /** True while a stream stands: the times between are those for polling. */
  onConnected?: (connected: boolean) => void
}

export interface FollowOptions {
  /** Opens the stream; refreshes the token where needed. Rejects with ApiProblem. */
  open: (lastEventId: string | undefined, signal: AbortSignal) => Promise<Response>
  /** Waits, and wakes early when the net comes back; rejects when aborted. */
  pause: (ms: number, signal: AbortSignal) => Promise<void>
  random: () => number
}

/** The backend sends a heartbeat every 15 s; this long without one means that the line is dead. */
export const silenceLimit = 35_000
const longestPause = 30_000

/**
 * Follows the stream until `signal` aborts: reconnects after silence or loss with growing, jittered pauses, going on after
 * the last event seen. Ends with an ApiProblem only where waiting cannot help: signed_out, update_needed.
 */
export async function followEvents(
  { open, pause, random }: FollowOptions,
  { signal, lastEventId, onEvent, onConnected }: EventsRequest,
) {
  let cursor = lastEventId
  let failures = 0
  while (!signal.aborted) {
    const line = new AbortController()
    try {
      const response = await open(cursor, AbortSignal.any([signal, line.signal]))
      onConnected?.(true)
      await readStream(response, line, message => {
        failures = 0
        const event = readEvent(message)
        if (!event) return
        if (event.type === 'job') cursor = event.id
        onEvent(event)
      })
    } catch (error) {
      if (error instanceof ApiProblem && (error.code === 'signed_out' || error.code === 'update_needed')) throw error
    } finally {
      line.abort()
      onConnected?.(false)
    }
    if (signal.aborted) return
    const wait = Math.min(1000 * 2 ** failures++, longestPause)
    // Half to full, so that a thousand panels do not come back in the same second.
    await pause(wait * (0.5 + random() / 2), signal).catch(() => {})
  }
}

async function readStream(response: Response, line: AbortController, onMessage: (message: StreamMessage) => void) {
  if (!response.body) throw new ApiProblem('bad_answer', response.status)
  const parse = createStreamParser(onMessage)
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let silence = setTimeout(() => line.abort(), silenceLimit)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      clearTimeout(silence)
      silence = setTimeout(() => line.abort(), silenceLimit)
      parse(value)
    }
  } finally {
    clearTimeout(silence)
  }
}

const JobShape = v.object({ generationId: v.string(), state: word<JobEvent['state']>() })
const ProgressShape = v.object({ generationId: v.string(), progress: v.number() })

/** Checks a message's shape; one that is not known (a newer backend) is skipped. */
export function readEvent({ event, data: text, id }: StreamMessage): BackendEvent | null {
  if (event === 'balance' || event === 'reset') return { type: event }
  if (event === 'job') {
    const data = readAs(JobShape, parse(text))
    return data ? { type: event, id, data } : null
  }
  if (event === 'progress') {
    const data = readAs(ProgressShape, parse(text))
    return data ? { type: event, data } : null
  }
  return null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
