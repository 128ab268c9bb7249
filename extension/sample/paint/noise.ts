import { mix } from './math.ts'

/** A number from 0 to 1 that is always the same for the same cell, and looks like chance. */
export function hash(x: number, y = 0): number {
  let bits = Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1)
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return ((bits ^ (bits >>> 16)) >>> 0) / 4294967296
}

/** Smooth chance: 0 to 1, one hill or dale per unit. */
export function noise(x: number, y = 0): number {
  const cellX = Math.floor(x)
  const cellY = Math.floor(y)
  const u = x - cellX
  const v = y - cellY
  const s = u * u * (3 - 2 * u)
  const t = v * v * (3 - 2 * v)
  return mix(
    mix(hash(cellX, cellY), hash(cellX + 1, cellY), s),
    mix(hash(cellX, cellY + 1), hash(cellX + 1, cellY + 1), s),
    t,
  )
}

/** Several noises, each twice as fine and half as strong: clouds, rock, bark. */
export function layered(x: number, y: number, layers: number): number {
  let sum = 0
  let strength = 0.5
  for (let layer = 0; layer < layers; layer++) {
    // Turned a little each time, so that the grid does not show.
    const turnedX = 0.8 * x - 0.6 * y + 17.3 * layer
    const turnedY = 0.6 * x + 0.8 * y + 9.1 * layer
    sum += strength * noise(turnedX, turnedY)
    strength /= 2
    x = turnedX * 2
    y = turnedY * 2
  }
  return sum / (1 - strength * 2)
}
