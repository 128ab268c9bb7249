import type { CallControl, DirectProvider, ImageRequest, ProviderAnswer } from '../providers/provider.ts'

/** A call that stands open until the test answers it. */
export interface OpenCall {
  request: ImageRequest
  control: CallControl
  answer(...files: Buffer[]): void
  say(answer: ProviderAnswer): void
  fail(error: unknown): void
}

export type FakeProvider = ReturnType<typeof createFakeProvider>

/** A provider that the test plays itself; with `instant` it answers every call with these bytes. */
export function createFakeProvider({ repeatable = true, instant }: { repeatable?: boolean; instant?: Buffer } = {}) {
  const calls: OpenCall[] = []
  const waiting: { index: number; resolve: (call: OpenCall) => void }[] = []
  const provider: DirectProvider = {
    way: 'direct',
    repeatable,
    call(request, control) {
      const { promise, resolve, reject } = Promise.withResolvers<ProviderAnswer>()
      const answer = (...files: Buffer[]) => resolve({ kind: 'files', files, usage: { microUsd: null } })
      const call = { request: request as ImageRequest, control, answer, say: resolve, fail: reject }
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
