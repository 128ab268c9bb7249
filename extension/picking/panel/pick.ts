import type { PanelToPage, PickKey } from '../protocol.ts'
import type { LinkedPicture, PictureRef } from './merge.ts'
import type { PageLinkHandlers } from './page-link.ts'
import { isSame, walk } from './walk.ts'

/** After a picture is taken the page stays shielded this long, so that a double click's second half does not follow its link. */
const shieldMs = 500

interface PickOptions {
  post(message: PanelToPage): void
  /** Of all frames, in reading order. */
  pictures(): LinkedPicture[]
  handlers: Pick<PageLinkHandlers, 'onPicked' | 'onPickEnded' | 'onAt'>
}

/** Picking in one tab: which picture is outlined, and what a key or a press does about it. */
export function createPick({ post, pictures, handlers }: PickOptions) {
  let picking = false
  let at: PictureRef | null = null
  let shield: ReturnType<typeof setTimeout> | undefined

  /** A frame outlines one picture at a time; the one outlined in another frame is cleared. */
  function moveTo(ref: PictureRef | null) {
    if (at && at.frame !== ref?.frame) post({ type: 'show', frame: at.frame, id: null, block: 'nearest' })
    at = ref
  }

  function outline({ frame, id }: PictureRef, block: 'nearest' | 'center') {
    moveTo({ frame, id })
    post({ type: 'show', frame, id, block })
  }

  function stop() {
    clearTimeout(shield)
    picking = false
    at = null
    post({ type: 'pick-stop' })
  }

  function take(picture: LinkedPicture, more: boolean) {
    if (!more) {
      picking = false
      shield = setTimeout(stop, shieldMs)
    }
    handlers.onPicked(picture, more)
    if (!more) handlers.onPickEnded()
  }

  return {
    start() {
      clearTimeout(shield)
      picking = true
      post({ type: 'pick-start' })
    },
    stop,
    show: (ref: PictureRef | null) => (ref ? outline(ref, 'nearest') : moveTo(null)),
    /** The pointer came to a picture of a frame, or to none. */
    pointerAt(frame: string, id: number | null) {
      if (!picking || (id === null && at?.frame !== frame)) return
      moveTo(id === null ? null : { frame, id })
      handlers.onAt?.(at)
    },
    picked(picture: LinkedPicture, more: boolean) {
      if (picking) take(picture, more)
    },
    steer(key: PickKey, shift: boolean) {
      if (!picking) return
      if (key === 'Escape') {
        stop()
        return handlers.onPickEnded()
      }
      if (key === 'Enter') {
        const picture = pictures().find(each => at && isSame(each, at))
        return picture && take(picture, shift)
      }
      const next = walk(pictures(), at, key)
      if (!next) return
      // In the middle, so that its neighbours come into sight and the walk can go on.
      outline(next, 'center')
      handlers.onAt?.(at)
    },
    /** A new port: the frames on it know of nothing yet. */
    onOpen() {
      at = null
      if (picking) post({ type: 'pick-start' })
    },
    close: () => clearTimeout(shield),
  }
}
