import { account, onSignOut } from '../account/store.ts'
import { loadModels, modelsStore } from '../catalogue/catalogue.ts'
import { onLimitsChange } from '../credits/store.ts'
import { openDoors } from '../sources/inputs/inputs.ts'
import { startPage } from '../sources/start.ts'
import { setSourcesModel, sourcesStore } from '../sources/store.ts'
import { startDraft } from './draft/start.ts'
import { startRecentModels } from './models/recent.ts'
import { forgetPrompts, startRemembering } from './press/remembered.ts'
import { forgetProblem, submissionStore } from './press/submission.ts'
import { startReading } from './reading/start.ts'
import { currentModel, studioStore } from './store.ts'

const followModel = () => {
  const model = currentModel() ?? null
  if (model !== sourcesStore.getState().model) setSourcesModel(model)
}

/** A line that came back makes what was said about it untrue, and brings what could not be read. */
const onOnline = () => {
  const code = submissionStore.getState().problem?.code
  if (code === 'offline' || code === 'unreachable') forgetProblem()
  if (modelsStore.getState().problem) void loadModels()
}

/** Begins the work of the Make page; call once when a panel opens, before anything of it is shown. */
export const startStudio = async () => {
  modelsStore.subscribe(followModel)
  studioStore.subscribe(followModel)
  const { id: windowId } = await chrome.windows.getCurrent()
  if (windowId === undefined) throw new Error('A panel belongs to a window.')
  void loadModels()
  await Promise.all([startRemembering(), startRecentModels()])
  await startDraft(windowId)
  startReading()
  studioStore.subscribe(forgetProblem)
  sourcesStore.subscribe(({ slots }, before) => {
    if (slots !== before.slots) forgetProblem()
  })
  account.subscribe(({ status }, before) => {
    if (status !== before.status) forgetProblem()
  })
  onLimitsChange(forgetProblem)
  window.addEventListener('online', onOnline)
  onSignOut(forgetPrompts)
  // The doors open last: what waits behind them goes into the draft that was taken up.
  openDoors(windowId)
  startPage(windowId)
}
