import { ProblemError } from '../contract/problems.ts'

/** Bytes that requests and what comes of them may hold in memory, together and per person. */
export interface MemoryBudget {
  open(personId: string): Allotment
}
export interface Allotment {
  /** Throws `unavailable` when the budget is used up, or this allotment was freed. */
  grow(bytes: number): void
  free(): void
}

export interface BudgetLimits {
  all: number
  /** So that one person cannot lock out the others. */
  perPerson: number
}

export function createMemoryBudget({ all, perPerson }: BudgetLimits): MemoryBudget {
  const used = new Map<string, number>()
  let usedByAll = 0

  return {
    open(personId) {
      let mine = 0
      let isFreed = false
      const add = (bytes: number) => {
        const rest = (used.get(personId) ?? 0) + bytes
        if (rest > 0) used.set(personId, rest)
        else used.delete(personId)
        usedByAll += bytes
        mine += bytes
      }
      return {
        grow(bytes) {
          const isTooMuch = usedByAll + bytes > all || (used.get(personId) ?? 0) + bytes > perPerson
          if (isFreed || isTooMuch) throw new ProblemError('unavailable')
          add(bytes)
        },
        free() {
          isFreed = true
          add(-mine)
        },
      }
    },
  }
}
