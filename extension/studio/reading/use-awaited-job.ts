import { useResults } from '../../jobs/jobs.ts'
import { isOpen, type Job } from '../../jobs/state.ts'
import { useReading } from './reading-store.ts'

/** The reading that was asked for last, as long as its words are not in the parts. */
export const useAwaitedJob = (): { job: Job; isOpen: boolean } | null => {
  const awaited = useReading(state => state.awaited)
  const job = useResults(({ jobs }) => (awaited === null ? undefined : jobs[awaited]))
  return job ? { job, isOpen: isOpen(job) } : null
}
