/** Times are a help for waiting, not a record: they live in memory and begin again with the catalogue's guess. */
export interface UsualTimes {
  record(modelId: string, ms: number): void
  /** Median of the model's recent jobs of all people, or `guess` while there are too few. */
  of(modelId: string, guess: number): number
}

const remembered = 31
const enough = 5

export function createUsualTimes(): UsualTimes {
  const recent = new Map<string, number[]>()
  return {
    record(modelId, ms) {
      recent.set(modelId, [...(recent.get(modelId) ?? []), Math.max(1, Math.round(ms))].slice(-remembered))
    },
    of(modelId, guess) {
      const times = recent.get(modelId) ?? []
      if (times.length < enough) return guess
      return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!
    },
  }
}
