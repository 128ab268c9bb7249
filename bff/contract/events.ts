import { type Static, Type } from 'typebox'
import { closed, Id } from './common.ts'
import { JobState } from './generations.ts'

/**
 * Data of a message on GET /v1/events (text/event-stream). Event names:
 * `job` (id: seq, replayed after Last-Event-ID), `progress` (no id, never replayed), `balance` (no data worth keeping: read it again),
 * `reset` (the cursor is older than the kept events: read the lists again).
 */
export const JobEvent = closed({ generationId: Id, state: JobState })
export type JobEvent = Static<typeof JobEvent>

export const ProgressEvent = closed({
  generationId: Id,
  progress: Type.Number(),
})
export type ProgressEvent = Static<typeof ProgressEvent>
