/** Room in memory for answers on their way from a provider to the disk: so many at once per provider, the others wait with their bodies unread. */
export interface Semaphores {
  /** One job's place; `admit` waits for it, `release` gives it back, both as often as one likes. */
  place(provider: string): { admit(): Promise<void>; release(): void }
}

export function createSemaphores({ perProvider }: { perProvider: number }): Semaphores {
  const inside = new Map<string, number>()
  const waiting = new Map<string, (() => void)[]>()

  function enter(provider: string): Promise<void> {
    const count = inside.get(provider) ?? 0
    if (count < perProvider) {
      inside.set(provider, count + 1)
      return Promise.resolve()
    }
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.set(provider, [...(waiting.get(provider) ?? []), resolve])
    return promise
  }

  function leave(provider: string): void {
    const [next, ...rest] = waiting.get(provider) ?? []
    waiting.set(provider, rest)
    if (next) next()
    else inside.set(provider, (inside.get(provider) ?? 1) - 1)
  }

  return {
    place(provider) {
      let entered: Promise<void> | undefined
      let released = false
      return {
        admit: () => (entered ??= enter(provider)),
        release() {
          if (released) return
          released = true
          // A place that was asked for and not yet given is given back when it comes.
          void entered?.then(() => leave(provider))
        },
      }
    },
  }
}
