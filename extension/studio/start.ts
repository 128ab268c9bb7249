import { account } from '../account/store.ts'
import { modelsStore } from '../catalogue/catalogue.ts'
import { onLimitsChange } from '../credits/store.ts'
import { reset } from '../platform/reset.ts'
import { listen, type Stop, stopAll } from '../platform/stop.ts'
import { setSourcesModel, sourcesStore } from '../sources/store.ts'
import { forgetDraft, startDraft } from './draft/start.ts'
import { forgetRecentModels, startRecentModels } from './models/recent.ts'
import { rememberedStore, startRemembering } from './press/remembered.ts'
import { forgetProblem, submissionStore } from './press/submission.ts'
import { readingStore } from './reading/reading-store.ts'
import { startReading } from './reading/start.ts'
import { currentModel, studioStore } from './store.ts'

const followModel = () => {
  const model = currentModel() ?? null
  if (model !== sourcesStore.getState().model) setSourcesModel(model)
}

/** A line that came back makes what was said about it untrue. */
const onOnline = () => {
  const code = submissionStore.getState().problem?.code
  if (code === 'offline' || code === 'unreachable') forgetProblem()
}

/** A refusal is about what was asked for, by whom, and within which limits. */
const forgetOldProblems = (): Stop =>
  stopAll([
    studioStore.subscribe(forgetProblem),
    sourcesStore.subscribe(({ slots }, before) => {
      if (slots !== before.slots) forgetProblem()
    }),
    account.subscribe(({ status }, before) => {
      if (status !== before.status) forgetProblem()
    }),
    onLimitsChange(forgetProblem),
    listen(window, 'online', onOnline),
  ])

/** Takes up the draft of this window and keeps it; resolves once words and slots stand there. */
export const startStudio = async (windowId: number): Promise<Stop> => {
  const stops = [modelsStore.subscribe(followModel), studioStore.subscribe(followModel)]
  followModel()
  stops.push(...(await Promise.all([startRemembering(), startRecentModels()])))
  stops.push(await startDraft(windowId))
  return stopAll([...stops, startReading(), forgetOldProblems()])
}

/** Words, choices and presses are somebody's work. */
export const forgetStudio = () => {
  forgetDraft()
  forgetRecentModels()
  reset(studioStore)
  reset(readingStore)
  reset(submissionStore)
  reset(rememberedStore)
}
