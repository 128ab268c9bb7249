import type { Generation } from '../../bff/contract/generations.ts'
import type { HandOver, ResultSettings } from '../results/hand-over.ts'
import { addSource } from '../sources/intake.ts'
import { optionsFor } from '../studio/choices.ts'
import { currentModel, setAspect, setModel, setPrompt, setSeed, setSize, studioStore } from '../studio/store.ts'
import { readDesk } from '../studio/submit/desk.ts'
import { pressGenerate } from '../studio/submit/submission.ts'
import { openPage } from './navigation.ts'

function applySettings({ model, prompt, options }: ResultSettings) {
  setModel(model)
  setPrompt(prompt)
  setAspect(options.aspect)
  setSize(options.size)
  setSeed(options.seed)
}

/** Whether the draft still is what this job was made from, as far as a job remembers. */
function isStillTheDraft({ model, prompt, options, price }: Generation): boolean {
  const choices = studioStore.getState()
  const current = currentModel()
  if (current?.id !== model || choices.prompt.trim() !== prompt.trim()) return false
  const { aspect, size } = optionsFor(current, choices)
  return aspect === options.aspect && size === options.size && readDesk().price === price
}

/** How results reach the other rooms. */
export const handOver: HandOver = {
  retry: generation => {
    openPage('make')
    // Another draft lies on the desk: the settings come back, and the press is left to the person.
    if (isStillTheDraft(generation)) pressGenerate()
    else applySettings(generation)
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
