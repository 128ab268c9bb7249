import { useEffect, useState } from 'react'
import type { CleanPicture } from './clean/draw.ts'
import { cleanCopy } from './prepare.ts'
import { isReady, type Slot } from './slots/slot.ts'

/**
 * The very copy that a press would send, as small as the model uses it, made before so that its size can be told. Null while it is being
 * made, and where that fails: the press meets the same trouble, and then the slot says so.
 */
export const useCleanCopy = (slot: Slot, maxSide: number | undefined): CleanPicture | null => {
  const [copy, setCopy] = useState<CleanPicture | null>(null)
  const { id, edits } = slot
  const ready = isReady(slot)
  useEffect(() => {
    if (!ready || maxSide === undefined) return
    let current = true
    cleanCopy({ id, edits }, maxSide).then(
      made => current && setCopy(made),
      () => {},
    )
    return () => {
      current = false
      setCopy(null)
    }
  }, [id, edits, ready, maxSide])
  return copy
}
