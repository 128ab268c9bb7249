import { wirePress } from '../press/wire-press.ts'
import { setView } from '../store.ts'
import { readingDraft, readingOrder, readingReadiness } from './reading-order.ts'
import { readingStore } from './reading-store.ts'

/** Reads one picture into the parts of the prompt. */
export const reading = wirePress({
  name: 'reading',
  disclosure: {
    title: 'reading.disclosure.title',
    goes: 'reading.disclosure.goes',
    stays: 'reading.disclosure.stays',
    yes: 'reading.disclosure.yes',
  },
  order: readingOrder,
  readiness: readingReadiness,
  draft: readingDraft,
  begin: () => {
    readingStore.setState({ awaited: null, offered: null })
    setView('parts')
  },
  accepted: ({ id }) => readingStore.setState({ awaited: id }),
})
