import { t } from '../platform/i18n.ts'
import type { HandOver, ResultSettings } from '../results/hand-over.ts'
import type { Job } from '../results/state.ts'
import { addSource } from '../sources/intake.ts'
import { optionsFor } from '../studio/choices.ts'
import { currentModel, setAspect, setModel, setPrompt, setSeed, setSize, studioStore } from '../studio/store.ts'
import { readDesk } from '../studio/submit/desk.ts'
import { pressGenerate } from '../studio/submit/submission.ts'
import { openPage } from './navigation.ts'
import { showNotice } from './notices.ts'

/** Words and choices that were on the desk come back with Undo. */
function applySettings({ model, prompt, options }: ResultSettings) {
  const before = studioStore.getState()
  setModel(model)
  setPrompt(prompt)
  setAspect(options.aspect)
  setSize(options.size)
  setSeed(options.seed)
  showNotice({ text: t('results.settings_used'), undo: () => studioStore.setState(before, true) })
}

/** Whether the draft still is what this job was made from, as far as a job remembers. */
function isStillTheDraft({ model, prompt, options, price }: Job): boolean {
  const choices = studioStore.getState()
  const current = currentModel()
  if (current?.id !== model || choices.prompt.trim() !== prompt.trim()) return false
  const { aspect, size } = optionsFor(current, choices)
  return aspect === options.aspect && size === options.size && readDesk().price === price
}

/** How results reach the other rooms. */
export const handOver: HandOver = {
  retry: job => {
    openPage('make')
    // Another draft lies on the desk: the settings come back, and the press is left to the person.
    if (isStillTheDraft(job)) pressGenerate()
    else applySettings(job)
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
