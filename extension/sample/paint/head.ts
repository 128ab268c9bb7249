/** The shape of a head and shoulders, modelled from simple volumes that flow into each other. */
import { carve, ellipsoid, length, melt, rod } from './solids.ts'

// The head is turned a little to its left and bowed.
const turn = 0.5
const bow = 0.1
const [turnCos, turnSin] = [Math.cos(turn), Math.sin(turn)]
const [bowCos, bowSin] = [Math.cos(bow), Math.sin(bow)]

const jaw = rod([0.27, -0.38, 0], [0.05, -0.62, 0.33], 0.13, 0.1)
const brow = rod([0.04, 0.03, 0.535], [0.29, 0.05, 0.4], 0.036, 0.03)
const closedLids = rod([0.08, -0.1, 0.535], [0.255, -0.096, 0.475], 0.006)
const bridge = rod([0, 0, 0.535], [0, -0.25, 0.655], 0.04, 0.052)
const groove = rod([0, -0.345, 0.59], [0, -0.395, 0.59], 0.012)
const upperLip = rod([0.015, -0.432, 0.575], [0.15, -0.462, 0.49], 0.032, 0.01)
const lowerLip = rod([0, -0.505, 0.564], [0.1, -0.489, 0.51], 0.041, 0.016)
const mouthLine = rod([0, -0.463, 0.604], [0.165, -0.468, 0.505], 0.005)

/** Face and ears, looking along z; the middle of the skull is at the origin, from chin to crown it is about 1.5. */
function face(x: number, y: number, z: number): number {
  // Mirrored, with a soft middle so that no crease runs down the face.
  const side = Math.sqrt(x * x + 0.0006)
  const skull = ellipsoid(x, y - 0.16, z + 0.1, 0.5, 0.56, 0.6)
  const front = ellipsoid(x, y + 0.16, z - 0.13, 0.385, 0.56, 0.4)
  let d = melt(melt(skull, front, 0.2), jaw(side, y, z), 0.16)
  d = melt(d, length(x * 0.8, y + 0.645, z - 0.42) - 0.095, 0.12)
  d = melt(d, length(side - 0.25, (y + 0.2) * 1.1, z - 0.32) - 0.12, 0.15)
  // Features matter only on the front, each near its own place.
  if (d > 0.25 || z < 0.15) return side > 0.34 ? melt(d, ear(side, y, z), 0.05) : d
  if (y > -0.36) d = eyes(d, side, y, z)
  if (y < 0.2 && y > -0.75 && side < 0.35) d = noseAndMouth(d, x, side, y, z)
  return d
}

function ear(side: number, y: number, z: number): number {
  const shell = ellipsoid(side - 0.475, y + 0.09, z + 0.06, 0.055, 0.165, 0.1)
  const hollow = ellipsoid(side - 0.535, y + 0.07, z + 0.03, 0.04, 0.11, 0.05)
  return carve(shell, hollow, 0.04)
}

function eyes(face: number, side: number, y: number, z: number): number {
  const socket = ellipsoid(side - 0.17, y + 0.04, z - 0.56, 0.135, 0.078, 0.1)
  const d = melt(carve(face, socket, 0.11), brow(side, y, z), 0.09)
  const eyelid = ellipsoid(side - 0.172, y + 0.062, z - 0.425, 0.108, 0.078, 0.09)
  return carve(melt(d, eyelid, 0.022), closedLids(side, y, z), 0.018)
}

function noseAndMouth(face: number, x: number, side: number, y: number, z: number): number {
  let d = melt(face, bridge(x, y, z), 0.085)
  d = melt(d, length(side - 0.064, y + 0.28, z - 0.58) - 0.038, 0.05)
  const nostril = ellipsoid(side - 0.038, y + 0.318, z - 0.605, 0.02, 0.016, 0.03)
  d = carve(d, nostril, 0.025)

  d = melt(d, ellipsoid(x, y + 0.46, z - 0.4, 0.2, 0.14, 0.155), 0.1)
  d = carve(d, groove(x, y, z), 0.04)
  d = melt(d, upperLip(side, y, z), 0.032)
  d = melt(d, lowerLip(side, y, z), 0.036)
  d = carve(d, mouthLine(side, y, z), 0.02)
  d = carve(d, ellipsoid(x, y + 0.565, z - 0.58, 0.09, 0.022, 0.045), 0.08)

  return d
}

/** Hair combed back in waves to a knot. */
function hair(x: number, y: number, z: number): number {
  const cap = ellipsoid(x, y - 0.19, z + 0.13, 0.55, 0.58, 0.63)
  if (cap > 0.35) return cap
  const knot = length(x, y - 0.1, z + 0.8) - 0.24
  const hairline = 0.5 * z + 0.13 - y + 0.2 * x * x
  if (hairline > 0.3) return Math.min(Math.max(cap, hairline), knot)
  const around = Math.atan2(y - 0.1, z + 0.2)
  const strands =
    0.009 * Math.sin(x * 34 + 5 * Math.sin(around * 2.6)) + 0.005 * Math.sin(x * 83 + 9 * Math.sin(around * 2.1))
  return melt(carve(cap - strands, -hairline, 0.07), knot, 0.06)
}

const neck = rod([0, 0, -0.12], [0, -0.85, -0.08], 0.27, 0.33)
const cord = rod([-0.3, 0.02, -0.1], [-0.05, -0.88, 0.2], 0.07, 0.06)
const collarbone = rod([0.09, -0.985, 0.35], [0.5, -0.93, 0.16], 0.026, 0.02)

/** The distance to neck and chest from above: only their upper ends count. */
const neckTop = (x: number, y: number, z: number) =>
  Math.min(length(x, y, z + 0.12) - 0.27, length(x + 0.3, y - 0.02, z + 0.1) - 0.07)

/** Neck and chest, cut off round below as sculptors do. */
function shoulders(x: number, y: number, z: number): number {
  const chest = ellipsoid(x, y + 1.42, z + 0.02, 0.95, 0.62, 0.48)
  const body = melt(
    melt(melt(neck(x, y, z), cord(x, y, z), 0.12), chest, 0.34),
    collarbone(Math.sqrt(x * x + 0.004), y, z),
    0.12,
  )
  return Math.max(body, length(x * 0.92, (y + 0.75) * 1.05, z) - 0.86)
}

/** The whole figure. */
export function head(x: number, y: number, z: number): number {
  const up = y - 0.3
  const body = y > 0.15 ? neckTop(x, y, z) : shoulders(x, y, z)
  const outside = length(x, up, z) - 1.1
  if (outside > 0.25) return Math.min(body, outside)
  const hx = x * turnCos - z * turnSin
  const hz = x * turnSin + z * turnCos
  const hy = up * bowCos + hz * bowSin
  const fz = hz * bowCos - up * bowSin
  return melt(melt(face(hx, hy, fz), hair(hx, hy, fz), 0.035), body, 0.07)
}
