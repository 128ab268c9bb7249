/** How results go on in the rooms below: back into the studio, or into a slot as a source. */
import type { Picture } from '../../bff/contract/library.ts'
import { dismissJob } from '../jobs/actions.ts'
import { fileName } from '../jobs/files/file-name.ts'
import { files } from '../jobs/jobs.ts'
import type { Job } from '../jobs/state.ts'
import { asProblem } from '../platform/api/problem.ts'
import { currentLanguage, t } from '../platform/i18n/i18n.ts'
import { addSource } from '../sources/intake.ts'
import { orderStore } from '../studio/order/current.ts'
import { isOrderOf } from '../studio/order/order.ts'
import { making } from '../studio/press/making.ts'
import { focusPrompt } from '../studio/prompt/focus-prompt.ts'
import { applySettings, setModel, studioStore } from '../studio/store.ts'
import { openScreen } from '../ui/navigation.ts'
import { showNotice } from '../ui/notices.ts'
import { problemText } from '../ui/problem-text.ts'

/** The settings a result was made with. */
type ResultSettings = Pick<Picture, 'model' | 'prompt' | 'options'> & { negative?: string }

/** Words and choices that were in the studio come back with Undo. */
function applyWithUndo({ model, prompt, negative, options }: ResultSettings) {
  const before = studioStore.getState()
  applySettings({ model, prompt, options, ...(negative !== undefined && { negative }) }, currentLanguage())
  showNotice({ text: t('results.settings_used'), undo: () => studioStore.setState(before, true) })
}

/** Brings a failed job back to the studio; true where the draft still is what it was made from. */
function bringBack(job: Job): boolean {
  dismissJob(job)
  openScreen('make')
  const order = orderStore.getState()
  if (order && isOrderOf(order, job)) return true
  applyWithUndo(job)
  return false
}

/** A failed job again: the same draft, a new key. With another draft in the studio the press is left to the person. */
export function retry(job: Job) {
  if (bringBack(job)) void making.submit()
}

/** The same with another model. */
export function tryModel(job: Job, modelId: string) {
  const isStillTheDraft = bringBack(job)
  setModel(modelId)
  if (isStillTheDraft) void making.submit()
}

/** Back to the words of a failed job. */
export function reword(job: Job) {
  bringBack(job)
  focusPrompt()
}

/** Puts the settings of a result into the studio. */
export function reuseSettings(picture: Picture) {
  applyWithUndo(picture)
  openScreen('make')
}

/** Puts a result into a source slot. */
export async function addAsSource(picture: Picture): Promise<void> {
  try {
    addSource(await files.blob('file', picture.id), fileName(picture))
    openScreen('make')
    showNotice({ text: t('results.source_added') })
  } catch (error) {
    showNotice({ text: problemText(asProblem(error)), tone: 'warn' })
  }
}
