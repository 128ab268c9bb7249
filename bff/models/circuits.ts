/** Lets a provider rest that answers nobody, instead of hammering it with the jobs of everybody. */
export interface Circuits {
  /** Milliseconds since 1970, or null while the provider is asked. */
  restsUntil(provider: string): number | null
  /** Any definite answer, a refusal too: the provider is there. */
  answered(provider: string): void
  failed(provider: string): void
  /** Our account there is empty or our key refused: asking on changes nothing for a while. */
  refusedUs(provider: string): void
}

const failuresInARow = 5
const firstRestMs = 30_000
const longestRestMs = 5 * 60_000
const accountRestMs = 10 * 60_000

interface Circuit {
  failures: number
  rests: number
  until: number
}

/** In memory only: a new process asks again. After a rest one failure is enough for the next, longer one. */
export function createCircuits({ now }: { now: () => number }): Circuits {
  const circuits = new Map<string, Circuit>()
  const of = (provider: string) => circuits.get(provider) ?? { failures: 0, rests: 0, until: 0 }
  return {
    restsUntil(provider) {
      const { until } = of(provider)
      return until > now() ? until : null
    },
    answered: provider => void circuits.delete(provider),
    failed(provider) {
      const before = of(provider)
      const failures = before.failures + 1
      const isOver = failures >= failuresInARow && before.until <= now()
      const restMs = Math.min(firstRestMs * 2 ** before.rests, longestRestMs)
      circuits.set(
        provider,
        isOver ? { failures, rests: before.rests + 1, until: now() + restMs } : { ...before, failures },
      )
    },
    refusedUs: provider => void circuits.set(provider, { ...of(provider), until: now() + accountRestMs }),
  }
}
