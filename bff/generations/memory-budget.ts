import { ProblemError } from '../contract/problems.ts'

/** Bytes that pictures of all people may hold in memory together, from the first byte received to the job's end. */
export interface MemoryBudget {
  open(): Allotment
}
export interface Allotment {
  /** Throws `unavailable` when the budget is used up. */
  grow(bytes: number): void
  free(): void
}

export function createMemoryBudget(maxBytes: number): MemoryBudget {
  let used = 0
  return {
    open() {
      let mine = 0
      return {
        grow(bytes) {
          if (used + bytes > maxBytes) throw new ProblemError('unavailable')
          used += bytes
          mine += bytes
        },
        free() {
          used -= mine
          mine = 0
        },
      }
    },
  }
}
