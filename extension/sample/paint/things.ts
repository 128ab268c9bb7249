/** Things on a table: a shape, and a skin that says how each of its places looks. */
import type { Colour } from './canvas.ts'
import type { Solid, Vector } from './rays.ts'

export interface Skin {
  colour: Colour
  /** How strong and how small highlights are. */
  gloss: number
  polish: number
  /** How uneven the surface is. */
  bump: number
  /** How far light creeps round into the shadow, as in soft fruit. */
  soft: number
}

export interface Thing extends Solid {
  skin(at: Vector, normal: Vector): Skin
}

/** A thing described around its own foot, put at a place and turned about two axes. */
export function put(
  place: Vector,
  lean: number,
  radius: number,
  middle: number,
  distance: Solid['distance'],
  skin: Thing['skin'],
): Thing {
  const [cos, sin] = [Math.cos(lean), Math.sin(lean)]
  const local = (x: number, y: number, z: number): Vector => {
    const [px, py] = [x - place[0], y - place[1]]
    return [px * cos + py * sin, py * cos - px * sin, z - place[2]]
  }
  return {
    centre: [place[0] - middle * sin, place[1] + middle * cos, place[2]],
    radius,
    distance: (x, y, z) => {
      const px = x - place[0]
      const py = y - place[1]
      return distance(px * cos + py * sin, py * cos - px * sin, z - place[2])
    },
    skin: (at, normal) => skin(local(at[0], at[1], at[2]), normal),
  }
}
