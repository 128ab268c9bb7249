import { placeOf } from './place.ts'
import { useSubmission } from './submission.ts'

/** Which of the pictures that were sent the backend refused, counted from 0; null while none is. */
export const useRefusedPicture = (): number | null => {
  const { problem } = useSubmission()
  const index = problem && placeOf(problem.code) === 'pictures' ? problem.params.index : undefined
  return typeof index === 'number' ? index : null
}
