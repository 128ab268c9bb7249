import type { ApiProblemCode } from '../../platform/api/problem.ts'

/** The kinds of presses; a draft keeps one unanswered press of each. */
export const pressNames = ['making', 'reading'] as const
export type PressName = (typeof pressNames)[number]

/** One press: the key stays the same for every try of the same thing until the backend has answered. */
export interface Intent {
  /** Idempotency-Key. */
  key: string
  /** What was asked for, as a hash: no prompt is kept a second time. */
  fingerprint: string
  /** Milliseconds since 1970. */
  at: number
}

/** After this a repeated press is meant as a new one: the earlier job has long ended. */
const lifetime = 24 * 60 * 60 * 1000

/** Takes up an unanswered intent for the same thing, or makes a new one. */
export const intentFor = (pending: Intent | null, fingerprint: string, now: number, newKey: () => string): Intent =>
  pending && pending.fingerprint === fingerprint && now - pending.at < lifetime
    ? pending
    : { key: newKey(), fingerprint, at: now }

/** Problems that leave open whether the job was taken, or that end with the same press being tried again. */
const unanswered: readonly ApiProblemCode[] = [
  'offline',
  'unreachable',
  'bad_answer',
  'request_timeout',
  'too_many_requests',
  'signed_out',
  'update_needed',
  'unavailable',
  'storage_full',
  'internal',
]

/** Whether the backend has certainly not taken the job, so that the next press is a new one. */
export const isDefinite = (code: ApiProblemCode) => !unanswered.includes(code)

/** SHA-256 of what was asked for, as hex. */
export const fingerprintOf = async (asked: unknown) => {
  const bytes = new TextEncoder().encode(JSON.stringify(asked))
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, '0')).join('')
}
