const longestMs = 60 * 60_000

/** A Retry-After in milliseconds from now: seconds or a date, an hour at most. Null where it says nothing of sense. */
export function retryAfterMs(header: string | null, now: number): number | null {
  const text = header?.trim() ?? ''
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isNaN(ms) || ms < 0 ? null : Math.min(ms, longestMs)
}
