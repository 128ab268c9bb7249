/** Rows of houses as SVG paths. */
import { hash } from './noise.ts'

interface Street {
  seed: number
  /** Where the roofs are, and how much they differ. */
  top: number
  spread: number
  /** Width of an ordinary house. */
  wide: number
  /** Size of the sheet they are cut from. */
  width: number
  height: number
}

function roof(kind: number, x: number, y: number, w: number): string {
  const middle = x + w / 2
  if (kind < 0.2) return `M${x} ${y}L${middle} ${y - w * 0.55}L${x + w} ${y}Z`
  if (kind < 0.32)
    return `M${x} ${y}A${w / 2} ${w / 2} 0 0 1 ${x + w} ${y}ZM${middle - 1.5} ${y - w * 0.85}h3v${w * 0.5}h-3Z`
  if (kind < 0.46)
    return `M${x + w * 0.2} ${y}v${-w * 0.3}h${w * 0.6}v${w * 0.3}ZM${middle - 1.5} ${y - w * 0.9}h3v${w * 0.7}h-3Z`
  if (kind < 0.58) return `M${x} ${y}L${x} ${y - w * 0.4}L${x + w} ${y}Z`
  // A water tank on legs.
  if (kind < 0.7)
    return `M${x + w * 0.3} ${y}v-16h${w * 0.4}v16h-3v-6h${6 - w * 0.4}v6ZM${x + w * 0.28} ${y - 16}l${w * 0.22} -12l${w * 0.22} 12Z`
  return ''
}

function panes(x: number, y: number, w: number, bottom: number, seed: number): string {
  const across = 2 + Math.floor(hash(seed, 3, 7) * 3)
  const step = w / (across + 0.5)
  const [paneW, paneH] = [step * 0.5, step * (0.5 + 0.5 * hash(seed, 4, 7))]
  let path = ''
  for (let py = y + step * 0.5; py + paneH < bottom; py += paneH + step * 0.45) {
    for (let i = 0; i < across; i++) {
      if (hash(seed * 31 + i, Math.round(py), 8) < 0.42)
        path += `M${x + step * (i + 0.5)} ${py}v${paneH}h${paneW}v${-paneH}Z`
    }
  }
  return path
}

/** One row of houses: walls with roofs, and the windows to be cut out of them. */
export function street({ seed, top, spread, wide, width, height }: Street): { walls: string; windows: string } {
  let walls = ''
  let windows = ''
  for (let x = -30, i = 0; x < width + 30; i++) {
    const w = wide * (0.6 + 0.8 * hash(i, 1, seed))
    const middle = Math.abs(x + w / 2 - width / 2) / width
    const y = top + spread * (hash(i, 2, seed) - 0.5) + 140 * middle * middle
    walls += `M${x} ${height}V${y}H${x + w}V${height}Z${roof(hash(i, 5, seed), x, y, w)}`
    windows += panes(x, y, w, height, seed * 100 + i)
    x += w + (hash(i, 6, seed) < 0.25 ? wide * 0.25 : 0)
  }
  return { walls: `<path fill-rule="evenodd" d="${walls}${windows}"/>`, windows: `<path d="${windows}"/>` }
}
