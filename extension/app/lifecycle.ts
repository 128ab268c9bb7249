/** What the panel begins, in order; what it ends, in the opposite one; and what it forgets when somebody leaves. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { startAccount } from '../account/store.ts'
import { startCatalogue } from '../catalogue/catalogue.ts'
import { startCredits } from '../credits/start.ts'
import { forgetCredits } from '../credits/store.ts'
import { forgetJobs, startJobs } from '../jobs/jobs.ts'
import { startLanguage } from '../platform/i18n/i18n.ts'
import { startSettings } from '../platform/settings.ts'
import { type Stop, stopAll } from '../platform/stop.ts'
import { closeLarge } from '../results/large/large.ts'
import { forgetSources, startSources } from '../sources/start.ts'
import { modelStore } from '../studio/order/current.ts'
import { forgetStudio, startStudio } from '../studio/start.ts'
import { forgetNotices } from '../ui/notices.ts'
import { startTheme } from './theme.ts'

interface Room {
  /** Begins its work in the panel of this window; answers how to end it. */
  start?: (windowId: number) => Stop | Promise<Stop>
  /** Empties what it holds in memory of a person. What is stored is emptied by the table of stored things. */
  forget?: () => void
}

/** The doors of the sources open after the studio: what waits behind them goes into the draft that was taken up. */
const rooms: readonly Room[] = [
  { start: startCatalogue },
  { start: startCredits, forget: forgetCredits },
  { start: startJobs, forget: forgetJobs },
  { start: startStudio, forget: forgetStudio },
  {
    start: windowId => startSources(windowId, () => modelStore.getState()?.pictures),
    forget: forgetSources,
  },
  { forget: closeLarge },
  { forget: forgetNotices },
]

/** Counts the people who have left: what is drawn for one is drawn anew for the next, with nothing left in its components. */
const person = createStore<{ turn: number }>(() => ({ turn: 0 }))
export const useTurn = () => useStore(person, ({ turn }) => turn)

function forget() {
  for (const room of rooms) room.forget?.()
  person.setState(({ turn }) => ({ turn: turn + 1 }))
}

/** Begins what the first picture of the panel needs, so that nothing changes under the eye; await it before drawing. */
export async function startLook(): Promise<Stop> {
  return stopAll([await startSettings(), startLanguage(), startTheme()])
}

/** Begins everything else; call once, when the panel opens. Resolves when all of it has begun. */
export async function startPanel(): Promise<Stop> {
  const stops: Stop[] = []
  const begin = async () => {
    const { id: windowId } = await chrome.windows.getCurrent()
    if (windowId === undefined) throw new Error('A panel belongs to a window.')
    for (const { start } of rooms) {
      try {
        if (start) stops.push(await start(windowId))
      } catch (error) {
        // One room that cannot begin keeps nobody from the others.
        reportError(error)
      }
    }
  }
  stops.push(await startAccount({ begin, forget }))
  return stopAll(stops)
}
