/** Why a picture could not be taken, each with its own sentence (`sources.failed.<reason>`). */
export const readFailures = [
  'offline',
  'interrupted',
  'gone',
  'refused',
  'unreachable',
  'dead_redirect',
  'timed_out',
  'too_big',
  'not_a_picture',
  'heic',
  'blank',
  'too_narrow',
  'undecodable',
  'too_small',
  'too_many_pixels',
  'page_refused',
  'page_left',
  'not_kept',
] as const
export type ReadFailure = (typeof readFailures)[number]

export class ReadError extends Error {
  readonly reason: ReadFailure
  constructor(reason: ReadFailure) {
    super(reason)
    this.name = 'ReadError'
    this.reason = reason
  }
}
