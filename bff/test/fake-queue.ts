import type { ProviderAnswer, ProviderRequest, QueueProvider, QueueStatus } from '../providers/provider.ts'
import type { ProviderFault } from '../providers/provider-error.ts'
import { ProviderError } from '../providers/provider-error.ts'

type Said<T> = T | ProviderFault

const isFault = (said: unknown): said is ProviderFault =>
  typeof said === 'object' && said !== null && 'kind' in said && !('files' in said)

const spoken = <T>(said: Said<T>): T => {
  if (isFault(said)) throw new ProviderError(said)
  return said as T
}

/** A queue that the test plays: what it says to each question, and how often it was asked. */
export function createFakeQueue() {
  const asked = { submit: [] as ProviderRequest[], status: 0, result: 0, cancel: 0, forget: 0 }
  const says = {
    submit: (async () => 'ticket') as () => Promise<Said<string>>,
    status: { state: 'waiting', progress: null } as Said<QueueStatus> | Promise<never>,
    result: { kind: 'no_picture' } as Said<ProviderAnswer>,
    cancel: false as boolean,
  }
  const provider: QueueProvider = {
    way: 'queue',
    repeatable: false,
    pollMs: 1000,
    async submit(request) {
      asked.submit.push(request)
      return spoken(await says.submit())
    },
    async status() {
      asked.status += 1
      return spoken(await says.status)
    },
    async result() {
      asked.result += 1
      return spoken(says.result)
    },
    async cancel() {
      asked.cancel += 1
      return says.cancel
    },
    async forget() {
      asked.forget += 1
    },
    webhook: { check: async () => null, ticketOf: (_request, requestId) => requestId },
    close: async () => {},
  }
  return { ...provider, asked, says }
}
