import { baseUrl, secret } from '../../config/env.ts'
import type { Egress } from '../egress/egress.ts'
import type {
  CallControl,
  ProviderAnswer,
  ProviderDescriptor,
  ProviderRequest,
  QueueProvider,
  Ticket,
} from '../provider.ts'
import { ProviderError, type ProviderFault } from '../provider-error.ts'
import { recordOf } from '../shared/answers.ts'
import { download } from '../shared/download.ts'
import { isGlb, isPicture } from '../shared/file-kind.ts'
import { checkBy } from '../shared/parameters.ts'
import { ImageParameters, Model3dParameters } from './parameters.ts'
import { type FalAccess, type FalApi, fetchFor, queueFor } from './queue.ts'
import { imageUrls, modelUrls, toStatus } from './result.ts'
import { toImageSubmission, toModelSubmission } from './submission.ts'
import { type FalTicket, readTicket, writeTicket } from './ticket.ts'
import { createWebhookCheck } from './webhook.ts'

const pollMs = 1500

/** What keeps fal from keeping: no request or answer on record, files gone after an hour, no second run of its own. */
const submitHeaders = { 'X-Fal-Store-IO': '0', 'x-fal-no-retry': '1' }
const storageSettings = { expiresIn: '1h' } as const

/** FLUX and 3D models of several makers, run by fal: a queue, asked until the job is done. */
export const fal = {
  name: 'fal',
  recipient: { name: 'fal.ai', country: 'US', policy: 'https://fal.ai/legal/privacy-policy' },
  hosts: ['queue.fal.run', 'rest.fal.ai', 'api.fal.ai', '*.fal.media'],
  catalogue: new URL('catalogue.json', import.meta.url),
  wrongParameters: checkBy({ image: ImageParameters, model3d: Model3dParameters }),

  settings(env, mode) {
    const key = secret(env, 'FAL_KEY')
    const urls = {
      queueUrl: baseUrl(env, mode, 'FAL_QUEUE_URL', 'https://queue.fal.run'),
      restUrl: baseUrl(env, mode, 'FAL_REST_URL', 'https://rest.fal.ai'),
      apiUrl: baseUrl(env, mode, 'FAL_API_URL', 'https://api.fal.ai/v1'),
    }
    return key === null ? null : { key, ...urls }
  },

  create(access, { egress, now }): QueueProvider {
    const api = { ...access, egress: egress(access.queueUrl, access.restUrl, access.apiUrl), now }
    return {
      way: 'queue',
      repeatable: false,
      pollMs,
      webhook: { check: createWebhookCheck(api), ticketOf: writeTicket },
      submit: (request, control) => submit(api, request, control),
      status: async (ticket, signal) => {
        const { endpoint, requestId } = readTicket(ticket)
        const ask = () => queueFor(api, 'ask', signal).status(endpoint, { requestId })
        return toStatus(await understood(ask, { kind: 'unknown_outcome' }))
      },
      result: (ticket, control) => fetchResult(api, readTicket(ticket), control),
      cancel: (ticket, signal) => cancel(api, readTicket(ticket), signal),
      forget: (ticket, signal) => forget(api, readTicket(ticket), signal),
      close: () => api.egress.close(),
    }
  },
} satisfies ProviderDescriptor<FalAccess>

async function submit(
  api: FalApi,
  request: ProviderRequest,
  { signal, callback }: CallControl & { callback: string | null },
): Promise<Ticket> {
  if (request.kind === 'reading') throw new ProviderError({ kind: 'rejected_input' })
  const { endpoint, input } = request.kind === 'image' ? toImageSubmission(request) : toModelSubmission(request)
  const options = {
    input,
    headers: submitHeaders,
    storageSettings,
    ...(callback !== null && { webhookUrl: callback }),
  }
  const send = () => queueFor(api, 'submit', signal).submit(endpoint, options)
  const answer = await understood(send, { kind: 'unknown_outcome' })
  return understood(async () => writeTicket(request, answer?.request_id), { kind: 'unknown_outcome' })
}

async function fetchResult(api: FalApi, ticket: FalTicket, control: CallControl): Promise<ProviderAnswer> {
  const { endpoint, requestId } = ticket
  const ask = () => queueFor(api, 'result', control.signal).result(endpoint, { requestId })
  const { data } = await understood(ask, { kind: 'bad_answer' })
  return fetchFiles(api.egress, ticket, data, control)
}

async function cancel(api: FalApi, { endpoint, requestId }: FalTicket, signal: AbortSignal): Promise<boolean> {
  const [owner, app] = endpoint.split('/')
  const url = `${api.queueUrl}/${owner}/${app}/requests/${requestId}/cancel`
  try {
    const response = await fetchFor(api, 'ask', signal)(url, { method: 'PUT', headers: credentials(api) })
    // A request of cancelling that was merely taken note of promises nothing.
    return recordOf(await response.json()).status === 'OK'
  } catch (error) {
    if (!(error instanceof ProviderError) || ['rejected_input', 'bad_answer'].includes(error.fault.kind)) return false
    throw error
  }
}

async function forget(api: FalApi, { requestId }: FalTicket, signal: AbortSignal): Promise<void> {
  const url = `${api.apiUrl}/models/requests/${requestId}/payloads`
  try {
    await fetchFor(api, 'ask', signal)(url, { method: 'DELETE', headers: credentials(api) })
  } catch (error) {
    // Nothing there to delete.
    if (!(error instanceof ProviderError && error.fault.kind === 'bad_answer')) throw error
  }
}

const credentials = ({ key }: FalAccess) => ({ authorization: `Key ${key}` })

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
