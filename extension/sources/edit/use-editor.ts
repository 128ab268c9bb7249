import { useState } from 'react'
import type { Dimensions } from '../inspect/dimensions.ts'
import type { Blur, Edits } from './edits.ts'
import { beginHistory, redo, step, undo } from './history.ts'
import { isWhole, type Rect } from './rect.ts'

export type Change = (edits: Edits) => Edits

export const cropTo =
  (rect: Rect, picture: Dimensions): Change =>
  edits => ({ ...edits, crop: isWhole(rect, picture) ? null : rect })

export const addBlur =
  (blur: Blur): Change =>
  edits => ({ ...edits, blurs: [...edits.blurs, blur] })

/** Edits under way, with their steps back and forth. `attempt` shows a change that a pointer has not let go of yet. */
export const useEditor = (initial: Edits) => {
  const [history, setHistory] = useState(() => beginHistory(initial))
  const [attempted, setAttempted] = useState<Change | null>(null)
  return {
    edits: attempted ? attempted(history.present) : history.present,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    attempt: (change: Change | null) => setAttempted(() => change),
    step: (change: Change, part?: string) => {
      setAttempted(null)
      setHistory(now => step(now, change(now.present), part))
    },
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
  }
}

export type Editor = ReturnType<typeof useEditor>
