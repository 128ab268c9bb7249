import type { PickKey } from '../protocol.ts'
import type { Outline } from './outline.ts'
import { isShown } from './pictures.ts'
import { isFrame, type Root, shadowOf } from './roots.ts'

interface PickerEvents {
  /** The pointer came to a picture, or left it. */
  onAt(image: HTMLImageElement | null): void
  onKey(key: PickKey, shift: boolean): void
  onTake(image: HTMLImageElement, more: boolean): void
}

const presses = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'dblclick'] as const

/** Choosing pictures in one frame. */
export function createPicker(outline: Outline, { onAt, onKey, onTake }: PickerEvents) {
  let picking: AbortController | undefined
  let current: HTMLImageElement | null = null
  /** Shown by the panel: what its scrolling moves under a resting pointer does not count. */
  let shown = false

  function hover(image: HTMLImageElement | null) {
    if (image === current) return
    current = image
    outline.at(image)
    onAt(image)
  }

  function onPointer(event: PointerEvent) {
    if (shown && !event.movementX && !event.movementY) return
    shown = false
    hover(pictureAt(event.x, event.y))
  }

  function swallow(event: Event) {
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  /** A press on a picture takes it and the page does not notice; presses beside pictures stay the page's. */
  function onPress(event: MouseEvent) {
    const image = event.isTrusted && event.button === 0 && pictureAt(event.x, event.y)
    if (!image) return
    swallow(event)
    // The second click of a double click counts 2, one made by a key 0.
    if (event.type === 'click' && event.detail === 1) onTake(image, event.shiftKey)
  }

  function onKeydown(event: KeyboardEvent) {
    // In a field not even the key is looked at. With nothing outlined, Enter belongs to the focused link.
    const ours = `:is(html,body${current ? ',a,button' : ''}):read-only`
    if (!event.isTrusted || !(event.target as Element).matches(ours)) return
    if (!/^(Arrow|Enter|Escape)/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return
    swallow(event)
    onKey(event.key as PickKey, event.shiftKey)
  }

  return {
    start() {
      picking?.abort()
      picking = new AbortController()
      const options = { capture: true, signal: picking.signal }
      // Out as well: moves over a frame inside this one, and beyond the window, are not told here.
      for (const type of ['pointermove', 'pointerout'] as const) addEventListener(type, onPointer, options)
      addEventListener('keydown', onKeydown, options)
      for (const type of presses) addEventListener(type, onPress, options)
    },

    stop() {
      picking?.abort()
      current = null
      outline.remove()
    },

    /** Outlines a picture and scrolls it into view. */
    show(image: HTMLImageElement | null, block: ScrollLogicalPosition) {
      image?.scrollIntoView({ block, behavior: 'instant' })
      shown = true
      current = image
      outline.at(image)
    },
  }
}

/** The topmost picture under a point, looked for through whatever lies over it and into shadow roots. */
function pictureAt(x: number, y: number, root: Root = document, seen = new Set<Root>()): HTMLImageElement | null {
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
