/** The old pattern of waves: rows of half circles, each row half behind the next. */
import { clamp } from './canvas.ts'

/** Which wave a place belongs to, and how far from its middle it is (1 is the rim). One wave is 2 wide; rows are 0.5 apart. */
export function waveAt(x: number, y: number): { column: number; row: number; radius: number } {
  // Discs laid from top to bottom: the lowest one that reaches this place lies in front.
  for (let row = Math.floor(y / 0.5) + 2; ; row--) {
    const shift = row & 1
    const column = Math.round((x - shift) / 2)
    const dx = x - shift - column * 2
    const dy = y - row * 0.5
    const radius = Math.sqrt(dx * dx + dy * dy)
    if (radius <= 1) return { column, row, radius }
  }
}

/** How strongly one of the four rings inside a wave is there: 1 on it, 0 between. */
export function waveRing(radius: number, width: number): number {
  const away = Math.abs((((radius + 0.03) * 4 + 0.5) % 1) - 0.5)
  return radius < 0.12 ? 0 : clamp((width - away) * 8)
}
