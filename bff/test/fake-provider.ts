import type { CallControl, Provider, ProviderRequest, ProviderResult } from '../providers/provider.ts'

/** A call that stands open until the test answers it. */
export interface OpenCall {
  request: ProviderRequest
  control: CallControl
  answer(bytes: Buffer): void
  fail(error: unknown): void
}

export type FakeProvider = ReturnType<typeof createFakeProvider>

/** A maker that the test plays itself; with `instant` it answers every call with these bytes. */
export function createFakeProvider({ repeatable = true, instant }: { repeatable?: boolean; instant?: Buffer } = {}) {
  const calls: OpenCall[] = []
  const waiting: { index: number; resolve: (call: OpenCall) => void }[] = []
  const provider: Provider = {
    repeatable,
    call(request, control) {
      const { promise, resolve, reject } = Promise.withResolvers<ProviderResult>()
      const answer = (bytes: Buffer) => resolve({ bytes, mime: 'image/png' })
      const call = { request, control, answer, fail: reject }
      calls.push(call)
      for (const { index, resolve } of waiting) if (index === calls.length - 1) resolve(call)
      if (instant) answer(instant)
      return promise
    },
    close: async () => {},
  }
  /** The call of this number (0: the first), once it is made. */
  function called(index: number): Promise<OpenCall> {
    const made = calls[index]
    if (made) return Promise.resolve(made)
    return new Promise(resolve => void waiting.push({ index, resolve }))
  }
  return { ...provider, calls, called }
}
