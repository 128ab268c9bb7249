import { download } from '../download.ts'
import type { Egress } from '../egress/egress.ts'
import { isGlb } from '../glb.ts'
import { isPicture } from '../picture-kind.ts'
import type { CallControl, ProviderAnswer, QueueProvider } from '../provider.ts'
import { ProviderError, type ProviderFault } from '../provider-error.ts'
import { imageUrls, modelUrls, toStatus } from './from-response.ts'
import { wrongParameters } from './parameters.ts'
import { fetchFor, queueFor } from './queue.ts'
import { type FalTicket, readTicket, writeTicket } from './ticket.ts'
import { toImageSubmission, toModelSubmission } from './to-request.ts'

export interface FalOptions {
  key: string
  /** Jobs: https://queue.fal.run. */
  queueUrl: string
  /** Deleting what is kept of a job: https://api.fal.ai/v1. */
  apiUrl: string
  egress: Egress
  now: () => number
}

const pollMs = 1500

/** What keeps fal from keeping: no request or answer on record, files gone after an hour, no second run of its own. */
const submitHeaders = { 'X-Fal-Store-IO': '0', 'x-fal-no-retry': '1' }
const storageSettings = { expiresIn: '1h' } as const

/** FLUX and 3D models of several makers, run by fal: a queue, asked until the job is done. */
export function createFalProvider(options: FalOptions): QueueProvider {
  const { egress } = options
  return {
    way: 'queue',
    repeatable: false,
    pollMs,
    wrongParameters,

    async submit(request, { signal, callback }) {
      if (request.kind === 'reading') throw new ProviderError({ kind: 'rejected_input' })
      const { endpoint, input } = request.kind === 'image' ? toImageSubmission(request) : toModelSubmission(request)
      const answer = await understood(
        () =>
          queueFor(options, 'submit', signal).submit(endpoint, {
            input,
            headers: submitHeaders,
            storageSettings,
            ...(callback !== null && { webhookUrl: callback }),
          }),
        { kind: 'unknown_outcome' },
      )
      return understood(async () => writeTicket(request, answer?.request_id), { kind: 'unknown_outcome' })
    },

    ticketOf: writeTicket,

    async status(ticket, signal) {
      const { endpoint, requestId } = readTicket(ticket)
      const ask = () => queueFor(options, 'ask', signal).status(endpoint, { requestId })
      return toStatus(await understood(ask, { kind: 'unknown_outcome' }))
    },

    async result(ticket, control) {
      const wanted = readTicket(ticket)
      const { endpoint, requestId } = wanted
      const ask = () => queueFor(options, 'result', control.signal).result(endpoint, { requestId })
      const { data } = await understood(ask, { kind: 'bad_answer' })
      return fetchFiles(egress, wanted, data, control)
    },

    async cancel(ticket, signal) {
      const { endpoint, requestId } = readTicket(ticket)
      const [owner, app] = endpoint.split('/')
      const url = `${options.queueUrl}/${owner}/${app}/requests/${requestId}/cancel`
      try {
        const response = await fetchFor(options, 'ask', signal)(url, { method: 'PUT', headers: credentials(options) })
        // A request of cancelling that was merely taken note of promises nothing.
        return ((await response.json()) as { status?: unknown } | null)?.status === 'OK'
      } catch (error) {
        if (
          !(error instanceof ProviderError) ||
          error.fault.kind === 'rejected_input' ||
          error.fault.kind === 'bad_answer'
        )
          return false
        throw error
      }
    },

    async forget(ticket, signal) {
      const url = `${options.apiUrl}/models/requests/${readTicket(ticket).requestId}/payloads`
      try {
        await fetchFor(options, 'ask', signal)(url, { method: 'DELETE', headers: credentials(options) })
      } catch (error) {
        // Nothing there to delete.
        if (!(error instanceof ProviderError && error.fault.kind === 'bad_answer')) throw error
      }
    },

    close: () => egress.close(),
  }
}

const credentials = ({ key }: FalOptions) => ({ authorization: `Key ${key}` })

/** Runs a step; an error without a name, as of an answer that is no JSON, becomes the fault. Its text is dropped. */
async function understood<T>(step: () => Promise<T>, fault: ProviderFault): Promise<T> {
  try {
    return await step()
  } catch (error) {
    throw error instanceof ProviderError ? error : new ProviderError(fault)
  }
}

async function fetchFiles(
  egress: Egress,
  wanted: FalTicket,
  data: unknown,
  control: CallControl,
): Promise<ProviderAnswer> {
  const usage = { microUsd: null }
  if ('images' in wanted)
    return { kind: 'files', files: await pictures(egress, imageUrls(data, wanted.images), control), usage }
  const { model, preview } = modelUrls(data, wanted)
  const files = [await download(egress, model, control, isGlb)]
  const picture = preview === null ? null : await download(egress, preview, control, isPicture).catch(() => null)
  return { kind: 'files', files, ...(picture && { preview: picture }), usage }
}

/** Every picture that can be had; without any, the last fault. */
async function pictures(egress: Egress, urls: string[], control: CallControl): Promise<Buffer[]> {
  const files: Buffer[] = []
  let last: unknown
  for (const url of urls)
    try {
      files.push(await download(egress, url, control, isPicture))
    } catch (error) {
      if (!(error instanceof ProviderError && error.fault.kind === 'bad_answer')) throw error
      last = error
    }
  if (files.length === 0) throw last
  return files
}
