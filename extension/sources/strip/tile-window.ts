/** What is seen of a row of tiles, in CSS pixels. */
export interface View {
  scrolled: number
  width: number
  /** From one tile's start to the next one's. */
  pitch: number
}

/** Tiles kept ready on each side of what is seen. */
const ahead = 15

/** The indexes of the tiles to render, ascending: those near what is seen, and the tab stop, which must keep the focus. */
export function tilesToRender(count: number, stop: number, { scrolled, width, pitch }: View): number[] {
  const first = Math.max(0, Math.min(Math.floor(scrolled / pitch), count - 1))
  const from = Math.max(0, first - ahead)
  const to = Math.min(count, first + Math.ceil(width / pitch) + ahead)
  const near = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
  if (stop >= 0 && stop < from) return [stop, ...near]
  return stop >= to && stop < count ? [...near, stop] : near
}
