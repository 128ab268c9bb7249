import type { ProviderFault } from '../provider-error.ts'

/** Live answers are read leniently: what has another type than documented counts as left out. */

export type Fields = Readonly<Record<string, unknown>>

export const recordOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What a text says as JSON; nothing where it is none. */
export function parsedOf(text: string): Fields {
  try {
    return recordOf(JSON.parse(text))
  } catch {
    return {}
  }
}

/** A provider's count of tokens: what is no count, or less than nothing, counts as none. */
export const tokens = (count: unknown): number =>
  typeof count === 'number' && Number.isFinite(count) && count > 0 ? Math.floor(count) : 0

/** Whole millionths of a US dollar. */
export const tokenCost = (items: readonly (readonly [count: number, price: number])[]): number =>
  Math.ceil(items.reduce((sum, [count, price]) => sum + count * price, 0))

const longestRetryMs = 60 * 60_000

/** A Retry-After in milliseconds from now: seconds or a date, an hour at most. Null where it says nothing of sense. */
export function retryAfterMs(header: string | null, now: number): number | null {
  const text = header?.trim() ?? ''
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isNaN(ms) || ms < 0 ? null : Math.min(ms, longestRetryMs)
}

/** What a refusal means by its status, where the provider says nothing that is more precise. */
export function faultOfStatus(status: number, retryAfter: string | null, now: number): ProviderFault {
  if (status === 401 || status === 403) return { kind: 'account', of: 'credentials' }
  if (status === 402) return { kind: 'account', of: 'quota' }
  if (status === 404) return { kind: 'retired_model' }
  if (status === 429) return { kind: 'rate_limited', retryAfterMs: retryAfterMs(retryAfter, now) }
  return { kind: status === 408 || status >= 500 ? 'unknown_outcome' : 'rejected_input' }
}
