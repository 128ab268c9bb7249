import type { PickKey } from '../protocol.ts'
import type { PictureRef } from './merge.ts'

export const isSame = (a: PictureRef, b: PictureRef) => a.frame === b.frame && a.id === b.id

const isBackward = (key: PickKey) => key === 'ArrowLeft' || key === 'ArrowUp'

/**
 * The picture an arrow leads to. The ends are ends: going round would jump away from pictures that scroll into view a
 * moment later. From nowhere, or from a picture that is out of sight, it begins at the first or last.
 */
export function walk<T extends PictureRef>(
  pictures: readonly T[],
  from: PictureRef | null,
  key: PickKey,
): T | undefined {
  const index = from ? pictures.findIndex(picture => isSame(picture, from)) : -1
  if (index < 0) return pictures.at(isBackward(key) ? -1 : 0)
  return pictures[index + (isBackward(key) ? -1 : 1)]
}
