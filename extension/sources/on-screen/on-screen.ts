import { page } from '../intake.ts'
import type { ReadFailure } from '../readers/read-error.ts'
import type { PageOrigin, Slot } from '../slots/slot.ts'
import { type Crop, cropCapture } from './crop-capture.ts'
import { type CropFailure, cropFromScreen } from './crop-from-screen.ts'

/** The page shows the picture and we could not have it. Not where it is too small, or where reading was cut short. */
const unreadable: readonly ReadFailure[] = [
  'offline',
  'gone',
  'refused',
  'unreachable',
  'dead_redirect',
  'timed_out',
  'too_big',
  'not_a_picture',
  'undecodable',
  'too_many_pixels',
  'page_refused',
]

/** Where a slot's picture may be seen instead of read: the page it was picked from. */
export const seenAt = ({ state, origin }: Slot): PageOrigin | null =>
  state.kind === 'failed' && unreadable.includes(state.reason) && origin.kind === 'page' ? origin : null

const placeOf = ({ tabId, frame, pictureId }: PageOrigin) => page.place(tabId, { frame, id: pictureId })

/** Whether there is a place on the screen to speak of. Captures nothing. */
export const isOnScreen = async (origin: PageOrigin) => (await placeOf(origin)) !== null

/** Called by the person's press, and by nothing else. */
export const cropOnScreen = (origin: PageOrigin): Promise<Crop | CropFailure> => {
  page.clear()
  return cropFromScreen({
    place: () => placeOf(origin),
    capture: () => chrome.tabs.captureVisibleTab({ format: 'png' }),
    isInFront: async () => (await chrome.tabs.query({ active: true, currentWindow: true }))[0]?.id === origin.tabId,
    crop: cropCapture,
  })
}
