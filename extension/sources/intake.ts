import { connectToTab, type LinkedPicture } from '../picking/panel/page-link.ts'
import { t } from '../platform/i18n/i18n.ts'
import { showNotice } from '../ui/notices.ts'
import { sourceBytes } from './bytes.ts'
import { readFacts } from './clean/clean.ts'
import { createIntake } from './create-intake.ts'
import { createByteReading } from './readers/read-bytes.ts'
import { createDataReader, createFrameReader, createPanelReader } from './readers/readers.ts'
import { type Capacity, fullCapacity } from './slots/roles.ts'
import { isSamePicture, type PageOrigin, type Slot } from './slots/slot.ts'
import { slotName } from './slots/slot-name.ts'
import { sourcesStore } from './store.ts'
import { createPageFollower } from './strip/follow-page.ts'

/** A picture is opened to know that it is one, and again to show it: of the same bytes the answer is the same. */
const known = new WeakMap<Blob, ReturnType<typeof readFacts>>()
const readFactsOnce = (blob: Blob) => {
  const facts = known.get(blob) ?? readFacts(blob)
  known.set(blob, facts)
  return facts
}

const panelFetch: typeof fetch = (...args) => fetch(...args)

/** The page in front of this window, and the way to act on it. */
export const page = createPageFollower({
  connect: connectToTab,
  // The pages of the content script count here. Set to "on click" or "on specific sites", Chrome withholds them.
  hasSiteAccess: () => chrome.permissions.contains({ origins: ['<all_urls>'] }),
  picked: (picture, tabId) => takeListed(picture, tabId),
})

const readBytes = createByteReading(
  [createDataReader({ fetch: panelFetch }), createFrameReader(page), createPanelReader({ fetch: panelFetch })],
  { isOnline: () => navigator.onLine, open: readFactsOnce },
)

/** What the chosen model takes, as the room that chooses tells it; nobody has chosen before the panel has begun. */
let chosenCapacity: () => Capacity | undefined = () => undefined
export const askForCapacity = (ask: typeof chosenCapacity): void => {
  chosenCapacity = ask
}

/** Every input leads here. */
export const intake = createIntake({
  bytes: sourceBytes,
  find: page.find,
  readBytes,
  readFacts: readFactsOnce,
  newId: () => crypto.randomUUID(),
  now: Date.now,
  capacity: () => chosenCapacity() ?? fullCapacity,
  tell: what => showNotice({ text: t(`sources.tell.${what}`), tone: 'warn' }),
  replaced: (slot, at, undo) => showNotice({ text: t('sources.replaced', { name: slotName(t, slot, at) }), undo }),
})

/** The slot of a picture that the page listed, wherever in the page it was picked. */
export const slotOf = (slots: readonly Slot[], tabId: number, { frame, id, also = [] }: LinkedPicture) =>
  slots.find(({ origin }) =>
    [{ frame, id }, ...also].some(ref =>
      isSamePicture(origin, { kind: 'page', tabId, frame: ref.frame, pictureId: ref.id }),
    ),
  )

/** Takes a picture the page listed, unless a slot has it already. */
export const takeListed = (picture: LinkedPicture, tabId: number, wanted = false) => {
  if (slotOf(sourcesStore.getState().slots, tabId, picture)) return
  const { src, frame, id, larger, alt = '' } = picture
  const origin: PageOrigin = { kind: 'page', tabId, frame, pictureId: id }
  void intake.takeAddress({ src, tabId, listed: { frame, id }, larger: larger?.src }, { name: alt, origin, wanted })
}

/** Takes a slot away, with the way back. */
export const removeSource = (id: string) => {
  const removed = intake.remove(id)
  if (removed) showNotice({ text: t('sources.removed'), undo: removed.restore })
}

/** Takes all slots away but the locked ones, with the way back. */
export const clearSources = () => {
  const ids = sourcesStore.getState().slots.flatMap(({ id, locked }) => (locked ? [] : id))
  const removed = ids.map(intake.remove).filter(one => one !== undefined)
  const undo = async () => {
    // Each goes back to where it was when it left: the last one first.
    for (const { restore } of removed.toReversed()) await restore()
  }
  if (removed.length > 0) showNotice({ text: t('sources.cleared', { count: removed.length }), undo })
}

/** Puts a picture into a slot that did not come from a page: a result, for one. */
export const addSource = (blob: Blob, name: string) =>
  intake.takeBlob(blob, { name, origin: { kind: 'result' }, wanted: true })
