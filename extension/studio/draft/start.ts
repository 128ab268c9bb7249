import { t } from '../../platform/i18n/i18n.ts'
import { type Stop, stopAll } from '../../platform/stop.ts'
import { sourceBytes } from '../../sources/bytes.ts'
import { setAllSlots, setSlotState, setThumbnail, sourcesStore } from '../../sources/store.ts'
import { showNotice } from '../../ui/notices.ts'
import { readingStore } from '../reading/reading-store.ts'
import { studioStore } from '../store.ts'
import { adoptDraft } from './adopt-draft.ts'
import { type Draft, drafts } from './draft.ts'
import { createKeeper, type Keeper } from './keeper.ts'

/** A picture that another panel is storing right now belongs to no written draft yet. */
const sweepAge = 60 * 60 * 1000

const started = Promise.withResolvers<Keeper>()
let keeper: Keeper | undefined

/** The keeper of this window's draft, once the draft has been taken up. */
export const draftKeeper = started.promise

const openWindows = async () => (await chrome.windows.getAll()).flatMap(({ id }) => (id === undefined ? [] : [id]))

let told = false
const tellNotKept = () => {
  if (told) return
  told = true
  showNotice({ text: t('studio.draft_not_kept'), tone: 'warn' })
}

/** Shows a draft in the panel: words and slots at once, the pictures as they are read back. */
const restoreDraft = async ({ choices, slots, awaited }: Draft) => {
  // What was typed or added in the moment before the draft came is newer than the draft.
  const { prompt } = studioStore.getState()
  studioStore.setState(prompt === '' ? choices : { ...choices, prompt, view: 'text' })
  readingStore.setState({ awaited })
  setAllSlots([...slots, ...sourcesStore.getState().slots])
  for (const { id, state } of slots) {
    if (state.kind !== 'ready') continue
    const stored = await sourceBytes.get(id)
    if (stored) setThumbnail(id, stored.thumbnail)
    else setSlotState(id, { kind: 'failed', reason: 'not_kept' })
  }
}

/** Takes up the draft of this window, shows it, and keeps it from now on. Call once per panel. */
export const startDraft = async (windowId: number): Promise<Stop> => {
  const draft = await adoptDraft({
    drafts,
    windowId,
    openWindows,
    exclusively: run => navigator.locks.request('mimicit-drafts', run),
    sweep: isKnown => sourceBytes.sweep(isKnown, Date.now() - sweepAge),
  })
  await restoreDraft(draft)
  const kept = createKeeper({
    item: drafts.item(String(windowId)),
    current: () => ({
      choices: studioStore.getState(),
      slots: sourcesStore.getState().slots,
      awaited: readingStore.getState().awaited,
    }),
    intents: draft.intents,
    now: Date.now,
    notKept: tellNotKept,
  })
  const stops = [
    studioStore.subscribe(kept.changed),
    sourcesStore.subscribe(({ slots }, before) => {
      if (slots !== before.slots) kept.changed()
    }),
    readingStore.subscribe(({ awaited }, before) => {
      if (awaited !== before.awaited) kept.changed()
    }),
  ]
  keeper = kept
  started.resolve(kept)
  return stopAll(stops)
}

/** The unanswered presses; words and pictures are emptied where they are shown. */
export const forgetDraft = () => keeper?.forget()
