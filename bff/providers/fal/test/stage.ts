import { expect, vi } from 'vitest'
import { createRegistry, type ModelEntry, readEntries } from '../../../models/registry.ts'
import { createClock } from '../../../test/clock.ts'
import { type FalJob, startFakeFal } from '../../../test/fakes/fal.ts'
import { faultOf } from '../../../test/fakes/fault-of.ts'
import { png } from '../../../test/fakes/files.ts'
import { createEgress } from '../../egress/egress.ts'
import type { ImageRequest, Model3dRequest, ProviderRequest, SourcePicture } from '../../provider.ts'
import { createFalProvider } from '../index.ts'

export const key = 'fal-id:our-own-secret'
export const prompt = 'a lighthouse nobody else has thought of'
/** When every test begins. */
export const started = Date.UTC(2026, 10, 21)
export const catalogue = createRegistry(readEntries(new URL('../../../models/catalogue/fal.json', import.meta.url)))

export const source = (role: SourcePicture['role'] = 'subject', shade = 3): SourcePicture => ({
  bytes: png(shade),
  mime: 'image/png',
  width: 1,
  height: 1,
  role,
  weight: 100,
})

const called = ({ endpoint, parameters }: ModelEntry) => ({ endpoint, parameters })

export const image = (change: Partial<ImageRequest> = {}, id = 'flux-2-pro'): ImageRequest => ({
  kind: 'image',
  ...called(catalogue.find(id)!),
  prompt,
  negative: '',
  sources: [source()],
  width: 1024,
  height: 768,
  aspect: '4:3',
  size: '1K',
  quality: null,
  count: 1,
  seed: 7,
  transparent: false,
  ...change,
})

export const model3d = (id = 'tripo-2.5', quality: string | null = 'textured'): Model3dRequest => ({
  kind: 'model3d',
  ...called(catalogue.find(id)!),
  source: source(),
  quality,
})

export const control = () => {
  const stop = new AbortController()
  return { stop, signal: stop.signal, onProgress: vi.fn(), admit: vi.fn(async () => {}) }
}

/** The fault a call ends with; neither our key nor the person's words may be in the error. */
export const fault = (answer: Promise<unknown>) => faultOf(answer, [key, prompt, 'our-own', 'lighthouse'])

/** fal on this machine, and the provider that reaches it and nobody else. */
export async function openStage() {
  const clock = createClock(started)
  const fal = await startFakeFal({ key, now: clock.now })
  const egress = createEgress({ hosts: [{ base: fal.url }] })
  const connect = (change: { queueUrl?: string } = {}) =>
    createFalProvider({ key, queueUrl: fal.url, apiUrl: `${fal.url}/v1`, egress, now: clock.now, ...change })
  const provider = connect()

  const submit = (request: ProviderRequest = image(), given = control(), callback: string | null = null) =>
    provider.submit(request, { ...given, callback })

  return {
    clock,
    fal,
    egress,
    provider,
    /** Another provider, as after a restart. */
    connect,
    submit,
    /** Submits and has the fake finish; answers the ticket and the job. */
    async finished(request: ProviderRequest = image(), change: Partial<FalJob> = {}) {
      const ticket = await submit(request)
      return { ticket, job: Object.assign(fal.job(), { state: 'COMPLETED' }, change) }
    },
    result: (ticket: string, given = control()) => provider.result(ticket, given),
    requests: (method: string) => fal.seen.filter(request => request.method === method),
    /** Ends the test; whatever broke the contract fails it. */
    async close() {
      await Promise.all([provider.close(), fal.close()])
      expect(fal.violations).toEqual([])
    },
  }
}
export type Stage = Awaited<ReturnType<typeof openStage>>
