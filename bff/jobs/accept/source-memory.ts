import { ProblemError } from '../../contract/problems.ts'
import type { JobTable } from '../../db/schema.ts'
import type { Allotment, MemoryBudget } from '../../http/memory-budget.ts'
import type { SourcePicture } from '../../providers/provider.ts'

/** [P36] The only place where sources wait for their job: they are never written anywhere, and die with the process. */
export interface SourceMemory {
  keep(job: Pick<JobTable, 'id' | 'person_id'>, sources: SourcePicture[]): void
  of(jobId: string): SourcePicture[] | undefined
  drop(jobId: string): void
  /** Refuses new sources from now on. */
  close(): void
}

export function createSourceMemory(budget: MemoryBudget): SourceMemory {
  const kept = new Map<string, { sources: SourcePicture[]; allotment: Allotment }>()
  let closed = false
  return {
    keep({ id, person_id }, sources) {
      if (closed) throw new ProblemError('unavailable')
      const allotment = budget.open(person_id)
      allotment.grow(sources.reduce((sum, source) => sum + source.bytes.length, 0))
      kept.set(id, { sources, allotment })
    },
    of: jobId => kept.get(jobId)?.sources,
    drop(jobId) {
      kept.get(jobId)?.allotment.free()
      kept.delete(jobId)
    },
    close() {
      closed = true
    },
  }
}
