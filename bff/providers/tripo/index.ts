import { download } from '../download.ts'
import { isGlb } from '../glb.ts'
import { recordOf, textOf } from '../lenient.ts'
import { isPicture } from '../picture-kind.ts'
import type { CallControl, Model3dRequest, QueueProvider } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { ask, type TripoOptions } from './api.ts'
import { wrongParameters } from './parameters.ts'
import { faultOfTask } from './refusal.ts'
import { toTask, toUpload } from './to-request.ts'

const pollMs = 2000
/** Tripo3D's own unit: $1 is 100 of them. */
const microUsdPerCredit = 10_000

/** 3D models by Tripo3D itself: a picture is uploaded, a task made of it once, and asked for until it is done. */
export function createTripoProvider(options: TripoOptions): QueueProvider {
  const taskOf = (ticket: string, signal: AbortSignal) => ask(options, 'ask', `/tasks/${idOf(ticket)}`, { signal })

  return {
    way: 'queue',
    repeatable: false,
    pollMs,
    wrongParameters,

    async submit(request, { signal }) {
      if (request.kind !== 'model3d') throw new ProviderError({ kind: 'rejected_input' })
      const fileToken = await upload(options, request, signal)
      const { task_id } = await ask(options, 'create', '/generation/image-to-model', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(toTask(request, fileToken)),
        signal,
      })
      if (!isId(task_id)) throw new ProviderError({ kind: 'unknown_outcome' })
      return task_id
    },

    async status(ticket, signal) {
      const { status, progress } = await taskOf(ticket, signal)
      if (status === 'queued') return { state: 'waiting', progress: null }
      if (status === 'running') return { state: 'running', progress: fraction(progress) }
      if (status === 'unknown' || textOf(status) === '') throw new ProviderError({ kind: 'unknown_outcome' })
      return { state: 'completed' }
    },

    async result(ticket, control) {
      const { task, model } = await fetchModel(options, () => taskOf(ticket, control.signal), control)
      const { rendered_image_url } = recordOf(task.output)
      const preview = await download(options.egress, textOf(rendered_image_url), control, isPicture).catch(() => null)
      const usage = { microUsd: costOf(task.credits_consumed) }
      return { kind: 'files', files: [model], ...(preview && { preview }), usage }
    },

    // Tripo3D has no way to take back a task or to delete one.
    cancel: async () => false,
    forget: async () => {},
    close: () => options.egress.close(),
  }
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9_-]{1,100}$/.test(value)

function idOf(ticket: string): string {
  if (!isId(ticket)) throw new TypeError('Not a ticket of Tripo3D.')
  return ticket
}

/** Uploading costs nothing: when it fails, the paid request has not been sent, and the whole may be tried again. */
async function upload(options: TripoOptions, request: Model3dRequest, signal: AbortSignal): Promise<string> {
  try {
    const { file_token } = await ask(options, 'create', '/files', { method: 'POST', body: toUpload(request), signal })
    if (textOf(file_token) !== '') return textOf(file_token)
  } catch (error) {
    const { kind } = error instanceof ProviderError ? error.fault : { kind: 'bad_answer' }
    if (kind !== 'unknown_outcome' && kind !== 'bad_answer') throw error
  }
  throw new ProviderError({ kind: 'not_sent' })
}

/** The GLB of a task that is done. Its link lives five minutes; every answer about the task has a new one. */
async function fetchModel(
  { egress }: TripoOptions,
  askTask: () => Promise<Readonly<Record<string, unknown>>>,
  control: CallControl,
) {
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
function linkOf(task: Readonly<Record<string, unknown>>): string {
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
