import type {
  CallControl,
  Model3dRequest,
  ProviderDescriptor,
  ProviderRequest,
  QueueProvider,
  Ticket,
} from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { type ApiAccess, apiAccess } from '../shared/access.ts'
import { type Fields, recordOf, textOf } from '../shared/answers.ts'
import { download } from '../shared/download.ts'
import { isGlb, isPicture } from '../shared/file-kind.ts'
import { checkBy } from '../shared/parameters.ts'
import { ask, faultOfTask, type TripoApi } from './api.ts'
import { TripoParameters, toTask, toUpload } from './task.ts'

const pollMs = 2000
/** Tripo3D's own unit: $1 is 100 of them. */
const microUsdPerCredit = 10_000

/** 3D models by Tripo3D itself: a picture is uploaded, a task made of it once, and asked for until it is done. */
export const tripo = {
  name: 'tripo',
  recipient: { name: 'Tripo3D', country: 'US', policy: 'https://www.tripo3d.ai/privacy' },
  hosts: ['openapi.tripo3d.ai', '*.data.tripo3d.com'],
  catalogue: new URL('catalogue.json', import.meta.url),
  wrongParameters: checkBy({ model3d: TripoParameters }),
  settings: (env, mode) => apiAccess(env, mode, 'TRIPO', 'https://openapi.tripo3d.ai/v3'),

  create(access, { egress, now }): QueueProvider {
    const api = { ...access, egress: egress(access.baseUrl), now }
    const taskOf = (ticket: string, signal: AbortSignal) => ask(api, 'ask', `/tasks/${idOf(ticket)}`, { signal })
    return {
      way: 'queue',
      repeatable: false,
      pollMs,
      submit: (request, { signal }) => submit(api, request, signal),

      async status(ticket, signal) {
        const { status, progress } = await taskOf(ticket, signal)
        if (status === 'queued') return { state: 'waiting', progress: null }
        if (status === 'running') return { state: 'running', progress: fraction(progress) }
        if (status === 'unknown' || textOf(status) === '') throw new ProviderError({ kind: 'unknown_outcome' })
        return { state: 'completed' }
      },

      async result(ticket, control) {
        const { task, model } = await fetchModel(api, () => taskOf(ticket, control.signal), control)
        const { rendered_image_url } = recordOf(task.output)
        const preview = await download(api.egress, textOf(rendered_image_url), control, isPicture).catch(() => null)
        const usage = { microUsd: costOf(task.credits_consumed) }
        return { kind: 'files', files: [model], ...(preview && { preview }), usage }
      },

      // Tripo3D has no way to take back a task or to delete one.
      cancel: async () => false,
      forget: async () => {},
      close: () => api.egress.close(),
    }
  },
} satisfies ProviderDescriptor<ApiAccess>

async function submit(api: TripoApi, request: ProviderRequest, signal: AbortSignal): Promise<Ticket> {
  if (request.kind !== 'model3d') throw new ProviderError({ kind: 'rejected_input' })
  const fileToken = await upload(api, request, signal)
  const { task_id } = await ask(api, 'create', '/generation/image-to-model', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(toTask(request, fileToken)),
    signal,
  })
  if (!isId(task_id)) throw new ProviderError({ kind: 'unknown_outcome' })
  return task_id
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9_-]{1,100}$/.test(value)

function idOf(ticket: string): string {
  if (!isId(ticket)) throw new TypeError('Not a ticket of Tripo3D.')
  return ticket
}

/** Uploading costs nothing: when it fails, the paid request has not been sent, and the whole may be tried again. */
async function upload(api: TripoApi, request: Model3dRequest, signal: AbortSignal): Promise<string> {
  try {
    const { file_token } = await ask(api, 'create', '/files', { method: 'POST', body: toUpload(request), signal })
    if (textOf(file_token) !== '') return textOf(file_token)
  } catch (error) {
    const { kind } = error instanceof ProviderError ? error.fault : { kind: 'bad_answer' }
    if (kind !== 'unknown_outcome' && kind !== 'bad_answer') throw error
  }
  throw new ProviderError({ kind: 'not_sent' })
}

/** The GLB of a task that is done. Its link lives five minutes; every answer about the task has a new one. */
async function fetchModel({ egress }: TripoApi, askTask: () => Promise<Fields>, control: CallControl) {
  const first = await askTask()
  try {
    return { task: first, model: await download(egress, linkOf(first), control, isGlb) }
  } catch (error) {
    if (!(error instanceof ProviderError) || error.fault.kind !== 'bad_answer') throw error
    const second = await askTask()
    if (linkOf(second) === linkOf(first)) throw error
    return { task: second, model: await download(egress, linkOf(second), control, isGlb) }
  }
}

/** Where the GLB lies, or the fault that the task ended with. */
function linkOf(task: Fields): string {
  const fault = faultOfTask(task)
  if (fault) throw new ProviderError(fault)
  const { model_url } = recordOf(task.output)
  if (textOf(model_url) === '') throw new ProviderError({ kind: 'no_picture' })
  return textOf(model_url)
}

function fraction(progress: unknown): number | null {
  const value = Number(progress) / 100
  return typeof progress === 'number' && value >= 0 && value <= 1 ? value : null
}

function costOf(credits: unknown): number | null {
  if (typeof credits !== 'number') return null
  return Number.isFinite(credits) && credits > 0 ? Math.round(credits * microUsdPerCredit) : 0
}
