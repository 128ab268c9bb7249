import { ProblemError } from '../../contract/problems.ts'
import { type CheckedPicture, type CheckOptions, checkPicture } from './picture.ts'

/**
 * Checks pictures one after the other: a decoded one is large. A problem says which of them it is about: `index`, counted
 * from 0 in the order they were sent.
 */
export async function checkPictures(files: readonly Buffer[], options: CheckOptions): Promise<CheckedPicture[]> {
  const checked: CheckedPicture[] = []
  for (const [index, bytes] of files.entries()) {
    try {
      checked.push(await checkPicture(bytes, options))
    } catch (error) {
      throw error instanceof ProblemError ? new ProblemError(error.code, { ...error.params, index }) : error
    }
  }
  return checked
}
