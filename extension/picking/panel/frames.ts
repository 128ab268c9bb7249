import type { FrameNote, PagePicture } from '../protocol.ts'
import { type LinkedPicture, mergeFrames } from './merge.ts'

/** What the frames of one tab have told. */
export function createFrames() {
  const pictures = new Map<string, readonly PagePicture[]>()
  const notes = new Map<string, FrameNote>()
  /** Frames that went away; one that comes back from the back-forward cache speaks again. */
  const gone = new Set<string>()

  function forget(frame: string) {
    pictures.delete(frame)
    notes.delete(frame)
  }

  return {
    /** Replaces what this frame told before. */
    list(frame: string, listed: readonly PagePicture[], note: FrameNote | undefined) {
      forget(frame)
      if (listed.length > 0) pictures.set(frame, listed)
      if (note) notes.set(frame, note)
    },
    speaks: (frame: string) => void gone.delete(frame),
    leave(frame: string) {
      gone.add(frame)
      forget(frame)
    },
    leaveAll() {
      for (const frame of pictures.keys()) gone.add(frame)
    },
    empty() {
      pictures.clear()
      notes.clear()
    },
    isGone: (frame: string) => gone.has(frame),
    inReadingOrder: (): LinkedPicture[] =>
      [...pictures].flatMap(([frame, list]) => list.map(each => ({ ...each, frame }))),
    merged: () => mergeFrames(pictures),
    notes: (): ReadonlySet<FrameNote> => new Set(notes.values()),
  }
}
