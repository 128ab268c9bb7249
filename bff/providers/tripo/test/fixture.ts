import { expect } from 'vitest'
import { loadRegistry } from '../../../models/registry.ts'
import { createClock } from '../../../test/clock.ts'
import { faultOf } from '../../../test/fakes/fault-of.ts'
import * as faults from '../../../test/fakes/faults.ts'
import { png } from '../../../test/fakes/files.ts'
import { toolsFor } from '../../index.ts'
import type { Model3dRequest, ProviderRequest } from '../../provider.ts'
import { control, picture } from '../../test/requests.ts'
import { tripo as descriptor } from '../index.ts'
import { startFakeTripo, type TripoTask } from './fake.ts'

export const key = 'tsk_our-own-secret'
/** When every test begins. */
export const started = Date.UTC(2026, 10, 21)
export const catalogue = loadRegistry([descriptor])

export const source = picture({ bytes: png(3), width: 1, height: 1 })

export function request(id = 'tripo-3.1', quality: string | null = 'textured'): Model3dRequest {
  const { endpoint, parameters } = catalogue.find(id)!
  return { kind: 'model3d', endpoint, parameters, source, quality }
}

/** The fault a call ends with; neither our key nor Tripo3D's words may be in the error. */
export const fault = (answer: Promise<unknown>) => faultOf(answer, [key, 'our-own', 'No.'])

/** A refusal as Tripo3D words it; the same codes come with 200. */
export const envelope = (code: number, status = 200, headers = {}) =>
  faults.answers(status, { code, message: 'No.', suggestion: 'Another time.' }, headers)

/** Tripo3D on this machine, and the provider that reaches it and nobody else. */
export async function openFixture() {
  const clock = createClock(started)
  const models = catalogue.all().map(({ endpoint }) => endpoint)
  const tripo = await startFakeTripo({ key, now: clock.now, models })
  const connect = () => descriptor.create({ key, baseUrl: tripo.baseUrl }, toolsFor(descriptor, clock.now))
  const provider = connect()

  const submit = (wanted: ProviderRequest = request(), given = control()) =>
    provider.submit(wanted, { ...given, callback: null })

  return {
    clock,
    tripo,
    provider,
    /** Another provider, as after a restart. */
    connect,
    submit,
    /** Submits and has the fake finish; answers the ticket. */
    async finished(change: Partial<TripoTask> = {}) {
      const ticket = await submit()
      Object.assign(tripo.task(), { status: 'success', progress: 100 }, change)
      return ticket
    },
    result: (ticket: string, given = control()) => provider.result(ticket, given),
    seen: (path: string) => tripo.seen.filter(one => one.path.startsWith(path)),
    /** Ends the test; whatever broke the contract fails it. */
    async close() {
      await Promise.all([provider.close(), tripo.close()])
      expect(tripo.violations).toEqual([])
    },
  }
}
export type Fixture = Awaited<ReturnType<typeof openFixture>>
