/** Ink at a pixel, 0 to 1 with a soft rim of one pixel, when `share` of the area is to be covered there. */
export type Screen = (x: number, y: number, share: number) => number

const steps = 512

/**
 * Spot function cos u + cos v: round dots that grow, meet in a chessboard at one half, and leave round holes.
 * threshold[share] is the height above which exactly that share of a cell lies.
 */
const thresholds = (() => {
  const heights = new Float32Array(256 * 256)
  for (let v = 0, i = 0; v < 256; v++)
    for (let u = 0; u < 256; u++, i++)
      heights[i] = Math.cos(((u + 0.5) / 256) * 2 * Math.PI) + Math.cos(((v + 0.5) / 256) * 2 * Math.PI)
  heights.sort()
  return Float32Array.from({ length: steps + 1 }, (_, k) => {
    const at = Math.round((1 - k / steps) * (heights.length - 1))
    return heights[at]!
  })
})()

const tableBits = 10
const tableSize = 1 << tableBits
const sine = Float32Array.from({ length: tableSize }, (_, k) => Math.sin((k / tableSize) * 2 * Math.PI))

/** A screen of dots `pitch` pixels apart, its rows turned by `angle` degrees. */
export function createScreen(pitch: number, angle: number, shiftX: number, shiftY: number): Screen {
  const turn = (angle / 180) * Math.PI
  const cos = (Math.cos(turn) * tableSize) / pitch
  const sin = (Math.sin(turn) * tableSize) / pitch
  const frequency = (2 * Math.PI) / pitch
  const quarter = tableSize / 4
  const mask = tableSize - 1
  return (x, y, share) => {
    if (share <= 0.012) return 0
    if (share >= 0.988) return 1
    const px = x + shiftX
    const py = y + shiftY
    const u = Math.floor(px * cos + py * sin)
    const v = Math.floor(py * cos - px * sin)
    const height = sine[(u + quarter) & mask]! + sine[(v + quarter) & mask]!
    // Steepness of the spot function here, so that the rim is one pixel wide everywhere.
    const su = sine[u & mask]!
    const sv = sine[v & mask]!
    const steep = Math.max(0.25, Math.sqrt(su * su + sv * sv)) * frequency
    const ink = (height - thresholds[(share * steps) | 0]!) / steep + 0.5
    return ink <= 0 ? 0 : ink >= 1 ? 1 : ink
  }
}
