import type { ProviderFault } from '../provider-error.ts'
import { type Fields, faultOfStatus, listOf, parsedOf, recordOf, textOf } from '../shared/answers.ts'

/** What an answer other than a success means. Of its text only the names of errors are looked at. */
export function refusalOf(status: number, retryAfter: string | null, text: string, now: number): ProviderFault {
  const error = recordOf(parsedOf(text).error)
  const details = listOf(error.details).map(recordOf)
  if (status === 400 && details.some(({ reason }) => reason === 'API_KEY_INVALID'))
    return { kind: 'account', of: 'credentials' }
  // No billing account, or a country that is not served.
  if (status === 400 && error.status === 'FAILED_PRECONDITION') return { kind: 'account', of: 'quota' }
  if (status === 429 && isSpent(error, details)) return { kind: 'account', of: 'quota' }
  return faultOfStatus(status, retryAfter ?? delayOf(details), now)
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
