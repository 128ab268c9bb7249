/** How long things are kept, in milliseconds. The one place where such a number stands. */
const second = 1000
const day = 24 * 60 * 60 * second

export const retention = {
  /** A deleted picture can be brought back until then; afterwards its row and files are gone. */
  undoDelete: 60 * second,
  /** Job events, for clients that reconnect. */
  events: 7 * day,
  /** Words of a job that gave no picture. */
  endedPrompts: day,
  /** Idempotency keys and the facts of ended jobs. */
  endedJobs: 30 * day,
}
