import { isShown } from './pictures.ts'
import { isFrame, type Root, shadowOf } from './roots.ts'

/** The topmost picture under a point, looked for through whatever lies over it and into shadow roots. */
export function pictureAt(
  x: number,
  y: number,
  root: Root = document,
  seen = new Set<Root>(),
): HTMLImageElement | null {
  seen.add(root)
  for (const element of root.elementsFromPoint(x, y)) {
    if (element instanceof HTMLImageElement && isShown(element)) return element
    // A frame's own picker looks inside it; what lies beneath it is not what the person means.
    if (isFrame(element)) break
    const shadow = shadowOf(element)
    const found = shadow && !seen.has(shadow) && pictureAt(x, y, shadow, seen)
    if (found) return found
  }
  return null
}
