import type { PageToPanel, PickKey } from '../platform/messages.ts'
import { createConnection, type LinkState } from './connection.ts'
import { type LinkedPicture, mergeFrames, type PictureRef } from './merge.ts'
import { createReadings } from './readings.ts'

export type { LinkedPicture, LinkState, PictureRef }

export interface PageLinkHandlers {
  /** The visible pictures of all frames, each address once, largest first. Called again whenever they change. */
  onPictures(pictures: LinkedPicture[]): void
  /** `more`: Shift was held, so picking goes on. */
  onPicked(picture: LinkedPicture, more: boolean): void
  /** Picking ended by Esc or by a picture taken; not called after `stopPicking`. */
  onPickEnded(): void
  onState(state: LinkState): void
  /** The picker's outline moved, by pointer or arrows: for the strip, and for a screen reader in the panel. */
  onAt?(at: PictureRef | null): void
}

export interface PageLink {
  list(): void
  startPicking(): void
  stopPicking(): void
  /** A key pressed in the panel steers the picker in the page. */
  steer(key: PickKey, shift?: boolean): void
  /** Outlines a picture in the page and scrolls it into view; null clears. */
  show(ref: PictureRef | null): void
  /** The picture's bytes, read by the frame that owns it; null when it may not, is gone, or takes too long. */
  read(ref: PictureRef, options?: { signal?: AbortSignal; timeoutMs?: number }): Promise<Blob | null>
  /** Everything in the page stops at once. */
  close(): void
}

const isBackward = (key: PickKey) => key === 'ArrowLeft' || key === 'ArrowUp'

/** The panel's end of picking in one tab. */
export function connectToTab(tabId: number, handlers: PageLinkHandlers, tabs = chrome.tabs): PageLink {
  const frames = new Map<string, PageToPanel & { type: 'pictures' }>()
  const readings = createReadings(ref => connection.post({ type: 'read', ...ref }))
  let picking = false
  /** The frame whose picture is outlined; keys go there. */
  let active: string | null = null

  const merged = () => mergeFrames(new Map([...frames].map(([frame, { pictures }]) => [frame, pictures])))

  function clearOutline() {
    if (active) connection.post({ type: 'show', frame: active, id: null })
    active = null
  }

  function endPicking() {
    picking = false
    active = null
    connection.post({ type: 'pick-stop' })
  }

  function steer(key: PickKey, shift: boolean) {
    if (!picking) return
    if (key === 'Escape') {
      endPicking()
      handlers.onPickEnded()
      return
    }
    const frame = active ?? merged()[0]?.frame
    if (frame) connection.post({ type: 'key', frame, key, shift, entering: false })
  }

  function walkOn(from: string, key: PickKey) {
    const order = [...frames.keys()]
    const next = order.at((order.indexOf(from) + (isBackward(key) ? -1 : 1)) % order.length)
    if (next) connection.post({ type: 'key', frame: next, key, shift: false, entering: true })
  }

  function onMessage(message: PageToPanel) {
    const { frame } = message
    switch (message.type) {
      case 'pictures':
        if (message.pictures.length > 0) frames.set(frame, message)
        else frames.delete(frame)
        handlers.onPictures(merged())
        break
      case 'frame-added':
        connection.open()
        break
      case 'at':
        if (message.id !== null && active !== frame) {
          clearOutline()
          active = frame
        }
        if (active === frame) handlers.onAt?.(message.id === null ? null : { frame, id: message.id })
        break
      case 'key':
        steer(message.key, message.shift)
        break
      case 'edge':
        walkOn(frame, message.key)
        break
      case 'picked':
        if (!picking) break
        if (!message.more) endPicking()
        handlers.onPicked({ ...message.picture, frame }, message.more)
        if (!message.more) handlers.onPickEnded()
        break
      case 'bytes':
        readings.answer({ frame, id: message.id }, message.data)
    }
  }

  const connection = createConnection(
    tabId,
    {
      onOpen() {
        frames.clear()
        active = null
        connection.post({ type: 'list' })
        if (picking) connection.post({ type: 'pick-start' })
        readings.askAgain()
      },
      onMessage,
      onState(state) {
        if (state !== 'connected' && frames.size > 0) {
          frames.clear()
          handlers.onPictures([])
        }
        handlers.onState(state)
      },
    },
    tabs,
  )
  connection.open()

  return {
    list: () => connection.post({ type: 'list' }),
    startPicking() {
      picking = true
      connection.post({ type: 'pick-start' })
    },
    stopPicking: () => endPicking(),
    steer: (key, shift = false) => steer(key, shift),
    show(ref) {
      if (!ref || ref.frame !== active) clearOutline()
      if (!ref) return
      active = ref.frame
      connection.post({ type: 'show', ...ref })
    },
    read: (ref, options) => readings.read(ref, options),
    close() {
      connection.close()
      readings.giveUp()
    },
  }
}
