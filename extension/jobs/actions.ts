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
import { type Job, withDismissed, withGeneration, withPicture } from './state.ts'

const undoTime = 10_000

const showProblem = (error: unknown): void => {
  showNotice({ text: problemText(asProblem(error)), tone: 'warn' })
}

async function change(before: Picture, after: Picture | null, send: () => Promise<Picture | null>): Promise<void> {
  const picture = await results.change(before.id, { before, after, send })
  otherPanels.tell({ id: before.id, picture })
}

export function toggleFavourite(picture: Picture): void {
  const { id, favourite } = picture
  const after = { ...picture, favourite: !favourite }
  change(picture, after, () => api.changePicture(id, { favourite: !favourite })).catch(showProblem)
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
async function restorePicture(picture: Picture): Promise<void> {
  const { id } = picture
  try {
    await results.change(id, { before: null, after: null, send: () => api.restorePicture(id).then(() => null) })
    results.receive(picture, withPicture)
    otherPanels.tell({ id, picture })
  } catch (error) {
    showProblem(error)
  }
}

/** Deletes at once; for ten seconds it can be taken back. */
export function deletePicture(picture: Picture): void {
  const notice = showNotice({ text: t('results.deleted'), undo: () => restorePicture(picture), ms: undoTime })
  change(picture, null, () => deleteAtBackend(picture.id)).catch((error: unknown) => {
    closeNotice(notice)
    showProblem(error)
  })
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
