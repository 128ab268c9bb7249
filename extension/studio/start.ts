import { reset } from '../platform/reset.ts'
import { type Stop, stopAll } from '../platform/stop.ts'
import { forgetDraft, startDraft } from './draft/start.ts'
import { forgetRecentModels, startRecentModels } from './models/recent.ts'
import { making } from './press/making.ts'
import { rememberedStore, startRemembering } from './press/remembered.ts'
import { startReading } from './reading/fill-parts.ts'
import { reading } from './reading/reading.ts'
import { readingStore } from './reading/reading-store.ts'
import { studioStore } from './store.ts'

const presses = [making, reading]

/** Takes up the draft of this window and keeps it; resolves once words and slots stand there. */
export const startStudio = async (windowId: number): Promise<Stop> => {
  const stops = await Promise.all([startRemembering(), startRecentModels()])
  stops.push(await startDraft(windowId))
  return stopAll([...stops, startReading(), ...presses.map(press => press.start())])
}

/** Words, choices and presses are somebody's work. */
export const forgetStudio = () => {
  forgetDraft()
  forgetRecentModels()
  reset(studioStore)
  reset(readingStore)
  reset(rememberedStore)
  for (const press of presses) press.forget()
}
