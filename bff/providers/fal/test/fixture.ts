import { expect } from 'vitest'
import { loadRegistry, type ModelEntry } from '../../../models/registry.ts'
import { createClock } from '../../../test/clock.ts'
import { faultOf } from '../../../test/fakes/fault-of.ts'
import { png } from '../../../test/fakes/files.ts'
import { toolsFor } from '../../index.ts'
import type { ImageRequest, Model3dRequest, ProviderRequest, SourcePicture } from '../../provider.ts'
import { control, imageRequest, picture } from '../../test/requests.ts'
import { fal as descriptor } from '../index.ts'
import { type FalJob, startFakeFal } from './fake.ts'

export const key = 'fal-id:our-own-secret'
export const prompt = 'a lighthouse nobody else has thought of'
/** When every test begins. */
export const started = Date.UTC(2026, 10, 21)
export const catalogue = loadRegistry([descriptor])

export const source = (role: SourcePicture['role'] = 'subject', shade = 3): SourcePicture =>
  picture({ bytes: png(shade), width: 1, height: 1, role })

const called = ({ endpoint, parameters }: ModelEntry) => ({ endpoint, parameters })

export const image = (change: Partial<ImageRequest> = {}, id = 'flux-2-pro'): ImageRequest =>
  imageRequest({
    ...called(catalogue.find(id)!),
    prompt,
    sources: [source()],
    width: 1024,
    height: 768,
    aspect: '4:3',
    ...change,
  })

export const model3d = (id = 'tripo-2.5', quality: string | null = 'textured'): Model3dRequest => ({
  kind: 'model3d',
  ...called(catalogue.find(id)!),
  source: source(),
  quality,
})

/** The fault a call ends with; neither our key nor the person's words may be in the error. */
export const fault = (answer: Promise<unknown>) => faultOf(answer, [key, prompt, 'our-own', 'lighthouse'])

/** fal on this machine, and the provider that reaches it and nobody else. */
export async function openFixture() {
  const clock = createClock(started)
  const fal = await startFakeFal({ key, now: clock.now })
  const connect = () => descriptor.create(fal.access, toolsFor(descriptor, clock.now))
  const provider = connect()

  const submit = (request: ProviderRequest = image(), given = control(), callback: string | null = null) =>
    provider.submit(request, { ...given, callback })

  return {
    clock,
    fal,
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
export type Fixture = Awaited<ReturnType<typeof openFixture>>
