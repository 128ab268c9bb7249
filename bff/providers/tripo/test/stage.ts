import { expect, vi } from 'vitest'
import { createRegistry, readEntries } from '../../../models/registry.ts'
import { createClock } from '../../../test/clock.ts'
import { faultOf } from '../../../test/fakes/fault-of.ts'
import * as faults from '../../../test/fakes/faults.ts'
import { png } from '../../../test/fakes/files.ts'
import { startFakeTripo, type TripoTask } from '../../../test/fakes/tripo.ts'
import { createEgress } from '../../egress/egress.ts'
import type { Model3dRequest, ProviderRequest } from '../../provider.ts'
import { createTripoProvider } from '../index.ts'

export const key = 'tsk_our-own-secret'
/** When every test begins. */
export const started = Date.UTC(2026, 10, 21)
export const catalogue = createRegistry(readEntries(new URL('../../../models/catalogue/tripo.json', import.meta.url)))

export const source = { bytes: png(3), mime: 'image/png', width: 1, height: 1, role: 'subject', weight: 100 } as const

export function request(id = 'tripo-3.1', quality: string | null = 'textured'): Model3dRequest {
  const { endpoint, parameters } = catalogue.find(id)!
  return { kind: 'model3d', endpoint, parameters, source, quality }
}

export const control = () => {
  const stop = new AbortController()
  return { stop, signal: stop.signal, onProgress: vi.fn(), admit: vi.fn(async () => {}) }
}

/** The fault a call ends with; neither our key nor Tripo3D's words may be in the error. */
export const fault = (answer: Promise<unknown>) => faultOf(answer, [key, 'our-own', 'No.'])

/** A refusal as Tripo3D words it; the same codes come with 200. */
export const envelope = (code: number, status = 200, headers = {}) =>
  faults.answers(status, { code, message: 'No.', suggestion: 'Another time.' }, headers)

/** Tripo3D on this machine, and the provider that reaches it and nobody else. */
export async function openStage() {
  const clock = createClock(started)
  const models = catalogue.all().map(({ endpoint }) => endpoint)
  const tripo = await startFakeTripo({ key, now: clock.now, models })
  const egress = createEgress({ hosts: [{ base: tripo.url }] })
  const connect = (change: { baseUrl?: string } = {}) =>
    createTripoProvider({ key, baseUrl: tripo.baseUrl, egress, now: clock.now, ...change })
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
export type Stage = Awaited<ReturnType<typeof openStage>>
