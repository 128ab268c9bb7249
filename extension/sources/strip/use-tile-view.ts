import { type RefObject, useCallback, useLayoutEffect, useState } from 'react'
import type { View } from './tile-window.ts'

/** Scrolling renders again only after this many tiles. */
const step = 10

const measure = (list: HTMLElement, known: View): View => {
  const tile = list.querySelector<HTMLElement>('[aria-posinset]')
  const pitch = (tile?.offsetWidth ?? 0) + Number.parseFloat(getComputedStyle(list).columnGap)
  // Nothing can be measured while the page with the strip is not shown.
  if (!tile?.offsetWidth || !(pitch > 0)) return known
  const scrolled = Math.floor(list.scrollLeft / (pitch * step)) * pitch * step
  // Up to the next step, what is seen moves on.
  const width = list.clientWidth + pitch * step
  const isKnown = scrolled === known.scrolled && width === known.width && pitch === known.pitch
  return isKnown ? known : { scrolled, width, pitch }
}

/** What is seen of a row of tiles, as it is scrolled and resized. */
export const useTileView = (list: RefObject<HTMLElement | null>) => {
  const [view, setView] = useState<View>({ scrolled: 0, width: 0, pitch: 1 })
  const update = useCallback(() => setView(known => (list.current ? measure(list.current, known) : known)), [list])
  useLayoutEffect(() => {
    if (!list.current) return
    const observer = new ResizeObserver(update)
    observer.observe(list.current)
    update()
    return () => observer.disconnect()
  }, [list, update])
  return { view, onScroll: update }
}
