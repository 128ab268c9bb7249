/** Rays through a scene of solids: what they hit, and how much light gets through. */
import { clamp } from './canvas.ts'
import { type Distance, length } from './solids.ts'

export type Vector = readonly [number, number, number]

export interface Solid {
  /** A sphere around it; rays that miss the sphere never ask for the distance. */
  readonly centre: Vector
  readonly radius: number
  readonly distance: Distance
  /** A faster, coarser answer for everything but the surface itself. */
  readonly coarse?: Distance
}

export const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
export const along = (from: Vector, way: Vector, t: number): Vector => [
  from[0] + way[0] * t,
  from[1] + way[1] * t,
  from[2] + way[2] * t,
]
export function unit([x, y, z]: Vector): Vector {
  const size = length(x, y, z)
  return [x / size, y / size, z / size]
}
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

/** A camera; answers the way of the ray through a place of the picture (-1..1 over its height). */
export function camera(eye: Vector, target: Vector, zoom: number): (x: number, y: number) => Vector {
  const forward = unit([target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]])
  const right = unit(cross(forward, [0, 1, 0]))
  const up = cross(right, forward)
  return (x, y) => unit(along(along(along([0, 0, 0], forward, zoom), right, x), up, y))
}

/** Where along the ray the sphere around a solid begins and ends; null if the ray passes it by more than `margin`. */
function span(solid: Solid, from: Vector, way: Vector, margin: number): [number, number] | null {
  const to: Vector = [solid.centre[0] - from[0], solid.centre[1] - from[1], solid.centre[2] - from[2]]
  const middle = dot(to, way)
  const radius = solid.radius + margin
  const off = dot(to, to) - middle * middle
  if (off > radius * radius) return null
  const half = Math.sqrt(radius * radius - off)
  return middle + half < 0 ? null : [Math.max(middle - half, 0), middle + half]
}

/** The first solid a ray meets. */
export function trace<S extends Solid>(solids: readonly S[], from: Vector, way: Vector, far: number) {
  let nearest: { solid: S; t: number } | null = null
  let limit = far
  for (const solid of solids) {
    const reach = span(solid, from, way, 0)
    if (!reach || reach[0] > limit) continue
    const { distance, coarse } = solid
    let t = reach[0]
    const end = Math.min(reach[1], limit)
    for (let i = 0; i < 70 && t < end; i++) {
      const [x, y, z] = [from[0] + way[0] * t, from[1] + way[1] * t, from[2] + way[2] * t]
      const rough = coarse ? coarse(x, y, z) : 0
      const d = rough > 0.04 ? rough - 0.02 : distance(x, y, z)
      if (d < 0.0006 * t) {
        nearest = { solid, t }
        limit = t
        break
      }
      t += d * 0.92
    }
  }
  return nearest
}

/** How much of a wide lamp is seen from a point: 0 in full shadow, 1 in full light. */
export function lightReaching(solids: readonly Solid[], from: Vector, lamp: Vector, width: number): number {
  let light = 1
  for (const solid of solids) {
    const reach = span(solid, from, lamp, width * 1.2)
    if (!reach) continue
    const distance = solid.coarse ?? solid.distance
    let t = Math.max(reach[0], 0.015)
    let free = 1
    for (let i = 0; i < 28 && t < reach[1] && free > -1; i++) {
      const d = distance(from[0] + lamp[0] * t, from[1] + lamp[1] * t, from[2] + lamp[2] * t)
      // Part of the lamp's cone that this solid leaves free; -1 when it covers all of it.
      free = Math.min(free, d / (width * t))
      t += clamp(Math.abs(d), 0.012, 0.12)
    }
    const seen = clamp(0.5 + 0.5 * free)
    light = Math.min(light, seen * seen * (3 - 2 * seen))
  }
  return light
}

/** How open the space over a surface is: 1 in the open, towards 0 in a crevice. */
export function openness(solids: readonly Solid[], at: Vector, normal: Vector, reach: number): number {
  // How far the surface keeps clear at three heights above the point.
  let [low, middle, high] = [reach / 3, (reach * 2) / 3, reach]
  for (const { centre, radius, distance, coarse = distance } of solids) {
    if (length(at[0] - centre[0], at[1] - centre[1], at[2] - centre[2]) > radius + reach * 2) continue
    const above = (step: number) => coarse(at[0] + normal[0] * step, at[1] + normal[1] * step, at[2] + normal[2] * step)
    low = Math.min(low, above(reach / 3))
    middle = Math.min(middle, above((reach * 2) / 3))
    high = Math.min(high, above(reach))
  }
  const [a, b, c] = [1 - (low * 3) / reach, 1 - (middle * 1.5) / reach, 1 - high / reach]
  return clamp(1 - 0.55 * a - 0.275 * b - 0.183 * c)
}

/** The direction a surface faces. */
export function facing(distance: Distance, [x, y, z]: Vector, step = 0.002): Vector {
  const a = distance(x + step, y - step, z - step)
  const b = distance(x - step, y - step, z + step)
  const c = distance(x - step, y + step, z - step)
  const d = distance(x + step, y + step, z + step)
  return unit([a - b - c + d, -a - b + c + d, -a + b - c + d])
}
