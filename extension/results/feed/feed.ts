import type { Picture } from '../../../bff/contract/library.ts'
import { isOpen, type Job, newestFirst, type ResultsState } from '../../jobs/state.ts'

/** More notes than these would push the pictures out of sight; older ones follow when these are closed. */
const maxNotes = 3

/** A reading shows its words beside the button that asked for it, not among the pictures. */
const makesPictures = ({ kind }: Job) => kind !== 'reading'

export const openJobs = (jobs: ResultsState['jobs']): Job[] =>
  Object.values(jobs)
    .filter(job => makesPictures(job) && isOpen(job))
    .sort(newestFirst)

/** Jobs to tell about: ended without a picture, not by the person, and not yet closed. */
export const failedJobs = ({ jobs, dismissed }: Pick<ResultsState, 'jobs' | 'dismissed'>): Job[] =>
  Object.values(jobs)
    .filter(makesPictures)
    .filter(job => job.state === 'failed' || job.state === 'unknown')
    .filter(job => job.problem !== 'cancelled' && !dismissed.includes(job.id))
    .sort(newestFirst)
    .slice(0, maxNotes)

/** Pictures of the local day that begins at `start`. */
export const picturesSince = (pictures: ResultsState['pictures'], start: number): Picture[] =>
  Object.values(pictures)
    .filter(picture => picture.createdAt >= start)
    .sort(newestFirst)
