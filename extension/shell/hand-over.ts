import { currentLanguage, t } from '../platform/i18n.ts'
import { dismissJob } from '../results/actions.ts'
import type { HandOver, ResultSettings } from '../results/hand-over.ts'
import type { Job } from '../results/state.ts'
import { addSource } from '../sources/intake.ts'
import { promptFieldId } from '../studio/prompt/prompt-field-id.ts'
import { setModel, studioStore, takeSettings } from '../studio/store.ts'
import { isAskedFor, readDesk } from '../studio/submit/desk.ts'
import { submitGeneration } from '../studio/submit/submission.ts'
import { openPage } from './navigation.ts'
import { showNotice } from './notices.ts'

/** Words and choices that were on the desk come back with Undo. */
function applySettings(settings: ResultSettings) {
  const before = studioStore.getState()
  takeSettings(settings, currentLanguage())
  showNotice({ text: t('results.settings_used'), undo: () => studioStore.setState(before, true) })
}

/** Brings a failed job back to the desk; true where the draft still is what it was made from. */
function bringBack(job: Job): boolean {
  dismissJob(job)
  openPage('make')
  if (isAskedFor(readDesk(), job)) return true
  applySettings(job)
  return false
}

/** How results reach the other rooms. */
export const handOver: HandOver = {
  // Another draft lies on the desk: the settings come back, and the press is left to the person.
  retry: job => {
    if (bringBack(job)) void submitGeneration()
  },
  tryModel: (job, modelId) => {
    const isStillTheDraft = bringBack(job)
    setModel(modelId)
    if (isStillTheDraft) void submitGeneration()
  },
  reword: job => {
    bringBack(job)
    requestAnimationFrame(() => document.getElementById(promptFieldId)?.focus())
  },
  applySettings: settings => {
    applySettings(settings)
    openPage('make')
  },
  addSource: (blob, name) => {
    addSource(blob, name)
    openPage('make')
  },
}
