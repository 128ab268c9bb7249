import type { FrameNote, PagePicture, PagePlace, PageToPanel, PickKey } from '../protocol.ts'
import { createConnection, type LinkState } from './connection.ts'
import { type LinkedPicture, mergeFrames, type PictureRef } from './merge.ts'
import { createQuestions, left } from './questions.ts'
import { isSame, walk } from './walk.ts'

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

/** After a picture is taken the page stays shielded this long, so that a double click's second half does not follow its link. */
const shieldMs = 500

const readMs = 15_000

/** A page in front answers with its next frame. */
const placeMs = 2_000

/** Pages often add several frames at once. */
const framesSettleMs = 300

/** The panel's end of picking in one tab. It knows all frames, so it decides what a key does and when picking ends. */
export function connectToTab(tabId: number, handlers: PageLinkHandlers, tabs = chrome.tabs): PageLink {
  const frames = new Map<string, readonly PagePicture[]>()
  const notes = new Map<string, FrameNote>()
  /** Frames that went away; one that comes back from the back-forward cache speaks again. */
  const gone = new Set<string>()
  const readings = createQuestions<string>(
    subject => connection.post({ type: 'read', ...subject }),
    // What a page does for us ends with its port; on the new one the others are asked again.
    () => connection.open(),
  )
  const places = createQuestions<PagePlace>(
    ref => connection.post({ type: 'place', frame: ref.frame, id: ref.id }),
    () => {},
  )
  let picking = false
  let at: PictureRef | null = null
  let shield: ReturnType<typeof setTimeout> | undefined
  let settling: ReturnType<typeof setTimeout> | undefined

  const inReadingOrder = () => [...frames].flatMap(([frame, pictures]) => pictures.map(each => ({ ...each, frame })))

  /** A frame outlines one picture at a time; the one outlined in another frame is cleared. */
  function moveTo(ref: PictureRef | null) {
    if (at && at.frame !== ref?.frame) connection.post({ type: 'show', frame: at.frame, id: null, block: 'nearest' })
    at = ref
  }

  function show({ frame, id }: PictureRef, block: 'nearest' | 'center') {
    moveTo({ frame, id })
    connection.post({ type: 'show', frame, id, block })
  }

  function stopPicking() {
    clearTimeout(shield)
    picking = false
    at = null
    connection.post({ type: 'pick-stop' })
  }

  function take(picture: LinkedPicture, more: boolean) {
    if (!more) {
      picking = false
      shield = setTimeout(stopPicking, shieldMs)
    }
    handlers.onPicked(picture, more)
    if (!more) handlers.onPickEnded()
  }

  function steer(key: PickKey, shift: boolean) {
    if (!picking) return
    const pictures = inReadingOrder()
    if (key === 'Escape') {
      stopPicking()
      handlers.onPickEnded()
    } else if (key === 'Enter') {
      const picture = pictures.find(each => at && isSame(each, at))
      if (picture) take(picture, shift)
    } else {
      const next = walk(pictures, at, key)
      if (!next) return
      // In the middle, so that its neighbours come into sight and the walk can go on.
      show(next, 'center')
      handlers.onAt?.(at)
    }
  }

  function forget(frame: string) {
    frames.delete(frame)
    notes.delete(frame)
  }

  const tellPictures = () => handlers.onPictures(mergeFrames(frames), new Set(notes.values()))

  function onMessage(message: PageToPanel) {
    const { frame } = message
    gone.delete(frame)
    switch (message.type) {
      case 'pictures':
        forget(frame)
        if (message.pictures.length > 0) frames.set(frame, message.pictures)
        if (message.note) notes.set(frame, message.note)
        tellPictures()
        break
      case 'gone':
        gone.add(frame)
        forget(frame)
        readings.leave(frame)
        places.leave(frame)
        tellPictures()
        break
      case 'frame-added':
        clearTimeout(settling)
        settling = setTimeout(connection.open, framesSettleMs)
        break
      case 'at':
        if (!picking || (message.id === null && at?.frame !== frame)) break
        moveTo(message.id === null ? null : { frame, id: message.id })
        handlers.onAt?.(at)
        break
      case 'key':
        steer(message.key, message.shift)
        break
      case 'picked':
        if (picking) take({ ...message.picture, frame }, message.more)
        break
      case 'bytes':
        readings.answer(message, message.data)
        break
      case 'place':
        places.answer({ frame, id: message.id }, message.place ?? null)
    }
  }

  function onOpen() {
    frames.clear()
    notes.clear()
    at = null
    connection.post({ type: 'list' })
    if (picking) connection.post({ type: 'pick-start' })
    readings.askAgain()
    places.askAgain()
  }

  function onState(state: LinkState) {
    if (state !== 'connected') {
      frames.clear()
      notes.clear()
      tellPictures()
    }
    handlers.onState(state)
  }

  function onLost() {
    for (const frame of frames.keys()) gone.add(frame)
    readings.leave()
    places.leave()
  }

  const connection = createConnection(tabId, { onOpen, onMessage, onState, onLost }, tabs)
  connection.open()

  return {
    list: () => connection.post({ type: 'list' }),
    reconnect: connection.open,
    startPicking() {
      clearTimeout(shield)
      picking = true
      connection.post({ type: 'pick-start' })
    },
    stopPicking,
    steer: (key, shift = false) => steer(key, shift),
    show: ref => (ref ? show(ref, 'nearest') : moveTo(null)),
    async read({ frame, id }, { larger, signal, timeoutMs = readMs } = {}) {
      if (gone.has(frame)) return left
      const data = await readings.wait({ frame, id, ...(larger && { larger }) }, { signal, timeoutMs })
      return typeof data === 'string' ? (await fetch(data, { credentials: 'omit' })).blob() : data
    },
    async place(ref) {
      const place = gone.has(ref.frame) ? left : await places.wait(ref, { timeoutMs: placeMs })
      return place === left ? null : place
    },
    close() {
      clearTimeout(shield)
      clearTimeout(settling)
      connection.close()
      readings.giveUp()
      places.giveUp()
    },
  }
}
