import type { Picture } from '../../../bff/contract/library.ts'
import { type Delivery, deliveryOf } from '../../jobs/files/delivery.ts'
import type { Job, ResultsState } from '../../jobs/state.ts'

export interface FeedSet {
  /** Id of the job. */
  id: string
  /** In the maker's order. */
  pictures: Picture[]
  delivery: Delivery
}

const inOrderOf = (job: Job | undefined, pictures: readonly Picture[]) =>
  job
    ? pictures.toSorted((a, b) => job.pictureIds.indexOf(a.id) - job.pictureIds.indexOf(b.id))
    : pictures.toSorted((a, b) => (a.id < b.id ? -1 : 1))

/** Pictures of one job stand side by side, with what there is to say of the job as a whole. */
export const feedSets = (pictures: readonly Picture[], jobs: ResultsState['jobs']): FeedSet[] =>
  [...Map.groupBy(pictures, picture => picture.generationId)].map(([id, own]) => ({
    id,
    pictures: inOrderOf(jobs[id], own),
    delivery: jobs[id] ? deliveryOf(jobs[id]) : null,
  }))
