import type { ProviderFault } from '../provider-error.ts'
import { type Fields, listOf, parsedOf, recordOf, retryAfterMs, textOf } from '../shared/answers.ts'

/** What an answer other than a success means. Of its text only the names of errors are looked at. */
export function refusalOf(status: number, retryAfter: string | null, text: string, now: number): ProviderFault {
  const error = recordOf(parsedOf(text).error)
  const details = listOf(error.details).map(recordOf)
  switch (status) {
    case 400:
      if (details.some(({ reason }) => reason === 'API_KEY_INVALID')) return { kind: 'account', of: 'credentials' }
      // No billing account, or a country that is not served.
      if (error.status === 'FAILED_PRECONDITION') return { kind: 'account', of: 'quota' }
      return { kind: 'rejected_input' }
    case 401:
    case 403:
      return { kind: 'account', of: 'credentials' }
    case 402:
      return { kind: 'account', of: 'quota' }
    case 404:
      return { kind: 'retired_model' }
    case 408:
      return { kind: 'unknown_outcome' }
    case 429:
      if (isSpent(error, details)) return { kind: 'account', of: 'quota' }
      return { kind: 'rate_limited', retryAfterMs: retryAfterMs(retryAfter ?? delayOf(details), now) }
    default:
      return status >= 500 ? { kind: 'unknown_outcome' } : { kind: 'rejected_input' }
  }
}

/** Waiting a minute does not help: the day's quota is used up, or the prepaid money is. */
const isSpent = ({ message }: Fields, details: Fields[]) =>
  /prepa(id|y)|depleted/i.test(textOf(message)) ||
  details.flatMap(({ violations }) => listOf(violations)).some(item => /PerDay/.test(textOf(recordOf(item).quotaId)))

/** google.rpc.RetryInfo: "34s" or "34.07s". */
function delayOf(details: Fields[]): string | null {
  const [, seconds] = /^(\d+)(?:\.\d+)?s$/.exec(textOf(details.find(({ retryDelay }) => retryDelay)?.retryDelay)) ?? []
  return seconds ?? null
}
