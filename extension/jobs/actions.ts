/** What the person can do with jobs and pictures. Everything happens at once and can be taken back; failures are said. */
import type { Picture } from '../../bff/contract/library.ts'
import { api } from '../platform/api/api.ts'
import { ApiProblem, asProblem } from '../platform/api/problem.ts'
import { t } from '../platform/i18n/i18n.ts'
import { closeNotice, showNotice } from '../ui/notices.ts'
import { problemText } from '../ui/problem-text.ts'
import { saveFile } from '../ui/save-file.ts'
import { fileName } from './files/file-name.ts'
import { files, otherPanels, results } from './jobs.ts'
import type { OwnChange } from './mirror.ts'
import { type Job, withDismissed, withGeneration } from './state.ts'

const undoTime = 10_000

const showProblem = (error: unknown): void => {
  showNotice({ text: problemText(asProblem(error)), tone: 'warn' })
}

async function change(id: string, own: OwnChange): Promise<void> {
  const picture = await results.change(id, own)
  if (picture !== undefined) otherPanels.tell({ id, picture })
}

export function toggleFavourite(picture: Picture): void {
  const { id, favourite } = picture
  const after = { ...picture, favourite: !favourite }
  const send = () => api.changePicture(id, { favourite: !favourite })
  change(id, { before: picture, after, send }).catch(showProblem)
}

/** Deleted in another panel meanwhile is deleted all the same. */
async function deleteAtBackend(id: string): Promise<null> {
  try {
    await api.deletePicture(id)
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'not_found') throw error
  }
  return null
}

/** Shown when the backend has it again: until then it would have no bytes to show. */
function restorePicture(picture: Picture): void {
  const send = async () => {
    await api.restorePicture(picture.id)
    return picture
  }
  change(picture.id, { before: null, after: null, send }).catch(showProblem)
}

/** Deletes at once; for ten seconds it can be taken back. */
export function deletePicture(picture: Picture): void {
  const notice = showNotice({ text: t('results.deleted'), undo: () => restorePicture(picture), ms: undoTime })
  change(picture.id, { before: picture, after: null, send: () => deleteAtBackend(picture.id) }).catch(
    (error: unknown) => {
      closeNotice(notice)
      showProblem(error)
    },
  )
}

export async function downloadPicture(picture: Picture): Promise<void> {
  try {
    saveFile(await files.blob('file', picture.id), fileName(picture))
  } catch (error) {
    showProblem(error)
  }
}

/** Asks the backend to stop a job; what it answers is shown. */
export async function stopJob(job: Job): Promise<void> {
  try {
    const answer = await results.read(() => api.cancel(job.id), withGeneration)
    if (answer.problem === 'cancelled') showNotice({ text: problemText('cancelled') })
  } catch (error) {
    showProblem(error)
  }
}

/** Closes the note of a job that ended without a picture. */
export const dismissJob = (job: Job): void => results.update(state => withDismissed(state, job.id))
