import type { FrameNote, PagePlace, PageToPanel, PanelToPage, PickKey } from '../protocol.ts'
import { createConnection, type LinkState } from './connection.ts'
import { createFrames } from './frames.ts'
import type { LinkedPicture, PictureRef } from './merge.ts'
import { createPick } from './pick.ts'
import { createQuestions, left } from './questions.ts'

export type { LinkedPicture, LinkState, PictureRef }
export { left }

export interface PageLinkHandlers {
  /**
   * The visible pictures of all frames, each address once, largest first. Called again whenever they change.
   * Notes: a frame has more of them than it may tell, or is a PDF file.
   */
  onPictures(pictures: LinkedPicture[], notes: ReadonlySet<FrameNote>): void
  /** `more`: Shift was held, so picking goes on. */
  onPicked(picture: LinkedPicture, more: boolean): void
  /** Picking ended by Esc or by a picture taken; not called after `stopPicking`. */
  onPickEnded(): void
  onState(state: LinkState): void
  /** While picking, the outline moved, by pointer or arrows: for the strip, and for a screen reader in the panel. */
  onAt?(at: PictureRef | null): void
}

export interface PageLink {
  list(): void
  /** Tries once more, without a word, where nobody answered. */
  reconnect(): void
  startPicking(): void
  stopPicking(): void
  /** A key pressed in the panel steers the picker in the page. */
  steer(key: PickKey, shift?: boolean): void
  /** Outlines a picture in the page and scrolls it into view; null clears. */
  show(ref: PictureRef | null): void
  /**
   * The picture's bytes, read by the frame that owns it; null when it may not, is gone, or takes too long; `left` when
   * the frame itself has gone. `larger`: of the picture that the page offers in its place.
   */
  read(ref: PictureRef, options?: ReadOptions): Promise<Blob | null | typeof left>
  /** Where a picture is on the screen now; null when that cannot be told, or its tab is not in front. */
  place(ref: PictureRef): Promise<PagePlace | null>
  /** Everything in the page stops at once. */
  close(): void
}

export interface ReadOptions {
  larger?: boolean | undefined
  signal?: AbortSignal | undefined
  timeoutMs?: number
}

const readMs = 15_000

/** A page in front answers with its next frame. */
const placeMs = 2_000

/** Pages often add several frames at once. */
const framesSettleMs = 300

/** The panel's end of picking in one tab. It knows all frames, so it decides what a key does and when picking ends. */
export function connectToTab(tabId: number, handlers: PageLinkHandlers, tabs = chrome.tabs): PageLink {
  const frames = createFrames()
  const tellPictures = () => handlers.onPictures(frames.merged(), frames.notes())
  const questions = createPageQuestions(
    message => connection.post(message),
    () => connection.open(),
  )
  const pick = createPick({ post: message => connection.post(message), pictures: frames.inReadingOrder, handlers })
  let settling: ReturnType<typeof setTimeout> | undefined

  function onMessage(message: PageToPanel) {
    const { frame } = message
    frames.speaks(frame)
    switch (message.type) {
      case 'pictures':
        frames.list(frame, message.pictures, message.note)
        return tellPictures()
      case 'gone':
        frames.leave(frame)
        questions.leave(frame)
        return tellPictures()
      case 'frame-added':
        clearTimeout(settling)
        settling = setTimeout(connection.open, framesSettleMs)
        return
      case 'at':
        return pick.pointerAt(frame, message.id)
      case 'key':
        return pick.steer(message.key, message.shift)
      case 'picked':
        return pick.picked({ ...message.picture, frame }, message.more)
      default:
        return questions.answer(message)
    }
  }

  function onOpen() {
    frames.empty()
    connection.post({ type: 'list' })
    pick.onOpen()
    questions.askAgain()
  }

  function onState(state: LinkState) {
    if (state !== 'connected') {
      frames.empty()
      tellPictures()
    }
    handlers.onState(state)
  }

  function onLost() {
    frames.leaveAll()
    questions.leave()
  }

  const connection = createConnection(tabId, { onMessage, onOpen, onState, onLost }, tabs)
  connection.open()

  return {
    list: () => connection.post({ type: 'list' }),
    reconnect: connection.open,
    startPicking: pick.start,
    stopPicking: pick.stop,
    steer: (key, shift = false) => pick.steer(key, shift),
    show: pick.show,
    read: async ({ frame, id }, options = {}) => (frames.isGone(frame) ? left : questions.read({ frame, id }, options)),
    place: async ref => (frames.isGone(ref.frame) ? null : questions.place(ref)),
    close() {
      clearTimeout(settling)
      pick.close()
      connection.close()
      questions.giveUp()
    },
  }
}

/** What the panel asks of one frame: the bytes of a picture, and where it is on the screen. */
function createPageQuestions(post: (message: PanelToPage) => void, abandoned: () => void) {
  // What a page does for us ends with its port; on the new one the others are asked again.
  const readings = createQuestions<string>(subject => post({ type: 'read', ...subject }), abandoned)
  const places = createQuestions<PagePlace>(
    ({ frame, id }) => post({ type: 'place', frame, id }),
    () => {},
  )
  const both = [readings, places]

  return {
    answer(message: Extract<PageToPanel, { type: 'bytes' | 'place' }>) {
      if (message.type === 'bytes') readings.answer(message, message.data)
      else places.answer({ frame: message.frame, id: message.id }, message.place ?? null)
    },
    async read({ frame, id }: PictureRef, { larger, signal, timeoutMs = readMs }: ReadOptions) {
      const data = await readings.wait({ frame, id, ...(larger && { larger }) }, { signal, timeoutMs })
      return typeof data === 'string' ? (await fetch(data, { credentials: 'omit' })).blob() : data
    },
    async place(ref: PictureRef) {
      const place = await places.wait(ref, { timeoutMs: placeMs })
      return place === left ? null : place
    },
    leave(frame?: string) {
      for (const questions of both) questions.leave(frame)
    },
    askAgain() {
      for (const questions of both) questions.askAgain()
    },
    giveUp() {
      for (const questions of both) questions.giveUp()
    },
  }
}
