import { afterEach, beforeEach, expect, vi } from 'vitest'
import { type Fault, startFake } from '../../../test/fakes/server.ts'
import type { CallControl } from '../../provider.ts'
import { ProviderError } from '../../provider-error.ts'
import { createEgress, type Egress } from '../egress.ts'

/** A server of its own for each test, and an egress that reaches it alone. */
export function served() {
  let fake: Awaited<ReturnType<typeof startFake>>
  let egress: Egress

  beforeEach(async () => {
    fake = await startFake(app => {
      app.post('/v1/images', async () => ({ ok: true }))
      app.get('/file', async (_request, reply) => reply.type('image/png').send(Buffer.from('picture')))
    })
    egress = createEgress({ hosts: [{ base: fake.url }] })
  })
  afterEach(async () => {
    await egress.close()
    await fake.close()
  })

  return {
    get fake() {
      return fake
    },
    get egress() {
      return egress
    },
    play: (fault: Fault) => fake.play(fault),
    post: (call: Pick<CallControl, 'signal' | 'admit'> = control(), limits?: { maxBytes?: number }) =>
      egress.fetch(call, limits)(`${fake.url}/v1/images`, { method: 'POST', body: '{"prompt":"x"}' }),
  }
}

export function control() {
  const stop = new AbortController()
  return { stop, signal: stop.signal, admit: vi.fn(async () => {}) }
}

/** What a call that must fail fails with. */
export async function faultOf(answer: Promise<unknown>) {
  const error = await answer.then(
    () => null,
    thrown => thrown,
  )
  expect(error).toBeInstanceOf(ProviderError)
  return (error as ProviderError).fault.kind
}

/** Lets whatever is under way come through. */
export async function turns(count: number) {
  for (let turn = 0; turn < count; turn++) await new Promise(resolve => setImmediate(resolve))
}
