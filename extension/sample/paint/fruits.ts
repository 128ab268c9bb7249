/** What lies on the table: fruit, a bowl and a jug. */
import { type Colour, clamp, colour, mixColour, smoothstep } from './canvas.ts'
import { fbm, hash, noise } from './noise.ts'
import type { Solid, Vector } from './rays.ts'
import { ellipsoid, length, melt, rod } from './solids.ts'

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

interface Thing extends Solid {
  skin(at: Vector, normal: Vector): Skin
}

/** A thing described around its own foot, put at a place and turned about two axes. */
function put(
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

const peel = { gloss: 0.16, polish: 26, bump: 0.16, soft: 0.12 }
const wax = { gloss: 0.5, polish: 90, bump: 0.02, soft: 0.08 }

function orange(x: number, y: number, z: number, lean: number): Thing {
  const c = colour('#e8801a')
  const deep = colour('#cf5d10')
  return put(
    [x, y, z],
    lean,
    0.31,
    0.27,
    (px, py, pz) => ellipsoid(px, py - 0.27, pz, 0.29, 0.275, 0.29),
    ([px, py, pz]) => ({
      ...peel,
      colour: mixColour(deep, c, clamp(0.6 + fbm(px * 5, pz * 5 + py * 4, 3, 41))),
    }),
  )
}

function apple(x: number, y: number, z: number, lean: number, seed: number): Thing {
  const red = colour('#a3161a')
  const blush = colour('#d9472b')
  const green = colour('#c9b04a')
  const stem = colour('#4a2f1c')
  const stalk = rod([0, 0.34, 0], [0.04, 0.54, 0.01], 0.013)
  return put(
    [x, y, z],
    lean,
    0.36,
    0.3,
    (px, py, pz) => {
      const ring = length(px, pz) - 0.11
      const flesh = length(ring, (py - 0.26) * 0.98 - Math.max(0, py - 0.26) * 0.08) - 0.2
      return Math.min(melt(flesh, flesh + 0.01, 0.02), stalk(px, py, pz))
    },
    ([px, py, pz]) => {
      if (length(px, pz) < 0.055 && py > 0.4) return { colour: stem, gloss: 0.05, polish: 10, bump: 0.1, soft: 0 }
      const around = Math.atan2(pz, px)
      const streak = fbm(around * 9, py * 1.6, 3, seed) + 0.7 * fbm(px * 3, py * 3 + pz, 2, seed + 5)
      const top = smoothstep(0.33, 0.48, py) * 0.5
      return {
        ...wax,
        colour: mixColour(mixColour(red, blush, clamp(0.45 + streak)), green, clamp(top + 0.5 * streak - 0.1)),
      }
    },
  )
}

function pear(x: number, z: number, lean: number): Thing {
  const yellow = colour('#d0b13e')
  const green = colour('#8f9a36')
  const rust = colour('#b4622a')
  const stem = colour('#4b3220')
  const stalk = rod([0, 0.74, 0], [0.07, 0.92, 0.02], 0.016, 0.02)
  return put(
    [x, 0, z],
    lean,
    0.53,
    0.44,
    (px, py, pz) => {
      const body = melt(
        ellipsoid(px, py - 0.28, pz, 0.29, 0.275, 0.29),
        ellipsoid(px - 0.015, py - 0.6, pz, 0.13, 0.17, 0.13),
        0.24,
      )
      return Math.min(body, stalk(px, py, pz))
    },
    ([px, py, pz]) => {
      if (py > 0.775) return { colour: stem, gloss: 0.04, polish: 10, bump: 0.1, soft: 0 }
      const freckle = noise(px * 70, py * 70 + pz * 40, 61) > 0.62 ? 0.45 : 0
      const side = clamp(0.5 + px * 1.6 + fbm(px * 4, py * 4 + pz * 3, 3, 62))
      const base = mixColour(
        yellow,
        green,
        clamp(0.15 + 0.6 * fbm(px * 3 + 9, py * 3, 3, 63) + 0.3 * smoothstep(0.4, 0.7, py)),
      )
      return {
        colour: mixColour(mixColour(base, rust, 0.5 * side * smoothstep(0.6, 0.1, py)), rust, freckle),
        gloss: 0.2,
        polish: 40,
        bump: 0.05,
        soft: 0.12,
      }
    },
  )
}

function lemon(x: number, z: number, turn: number): Thing {
  const yellow = colour('#f0c81e')
  const green = colour('#c2b222')
  const tips = rod([-0.32, 0, 0], [0.3, 0, 0], 0.035, 0.05)
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  return put(
    [x, 0, z],
    0,
    0.37,
    0.2,
    (px, py, pz) => {
      const [qx, qz] = [px * cos + pz * sin, pz * cos - px * sin]
      const ends = tips(qx, py - 0.2, qz)
      return melt(ellipsoid(qx, py - 0.2, qz, 0.28, 0.2, 0.2), ends, 0.1)
    },
    ([px, py, pz]) => ({
      ...peel,
      gloss: 0.22,
      colour: mixColour(yellow, green, clamp(0.1 + 0.8 * fbm(px * 4, py * 4 + pz * 3, 3, 71))),
    }),
  )
}

/** A bunch of grapes as one solid, so that a ray asks for it once. */
function grapes(x: number, z: number): Thing {
  // Two rows lie on the table, the others in the hollows between them.
  const berries = Array.from({ length: 16 }, (_, i): Vector => {
    const layer = i < 9 ? 0 : i < 14 ? 1 : 2
    const n = i - [0, 9, 14][layer]!
    const [u, v] = [(n >> 1) * 0.165 - 0.33 + layer * 0.08, (n & 1) * 0.16 - 0.08]
    const stray = (seed: number) => (hash(i, seed, 83) - 0.5) * 0.07
    return [u + (n & 1) * 0.07 + stray(1), 0.088 + layer * 0.125, v * (1 - layer * 0.25) + stray(2)]
  })
  const places = Float64Array.from(berries.flat())
  const plum = colour('#3c1733')
  const wine = colour('#7a2440')
  const bloom = colour('#8d86a8')
  return put(
    [x, 0, z],
    0,
    0.5,
    0.15,
    (px, py, pz) => {
      let nearest = 9
      for (let i = 0; i < places.length; i += 3) {
        const [dx, dy, dz] = [px - places[i]!, py - places[i + 1]!, pz - places[i + 2]!]
        nearest = Math.min(nearest, dx * dx + dy * dy + dz * dz)
      }
      return Math.sqrt(nearest) - 0.092
    },
    ([px, py, pz], normal) => {
      const dust = clamp(0.18 + 0.6 * fbm(px * 9, py * 9 + pz * 7, 3, 85)) * (0.4 + 0.6 * normal[1])
      return {
        colour: mixColour(mixColour(plum, wine, clamp(0.3 + noise(px * 6, pz * 6, 86))), bloom, clamp(dust * 0.55)),
        gloss: 0.6,
        polish: 110,
        bump: 0.01,
        soft: 0.3,
      }
    },
  )
}

/** A bowl: a thin shell of a sphere, cut open, on a foot. */
function bowl(x: number, z: number): Thing {
  const glaze = colour('#e4ded0')
  const band = colour('#2c4a86')
  return put(
    [x, 0, z],
    0,
    0.8,
    0.25,
    (px, py, pz) => {
      const r = length(px, pz)
      const shell = Math.abs(length(r, py - 0.84) - 0.8) - 0.02
      const cut = Math.max(shell, py - 0.44)
      const foot = Math.max(Math.abs(r - 0.26) - 0.03, Math.abs(py - 0.03) - 0.03)
      return melt(cut, foot, 0.05)
    },
    ([px, py, pz]) => {
      const rim = smoothstep(0.012, 0, Math.abs(py - 0.38) - 0.02)
      const speckle = noise(px * 60, py * 60 + pz * 60, 92) > 0.66 ? 0.25 : 0
      return {
        colour: mixColour(mixColour(glaze, band, rim), [0.2, 0.15, 0.1], speckle),
        gloss: 0.4,
        polish: 60,
        bump: 0.015,
        soft: 0.05,
      }
    },
  )
}

/** A jug, turned on a wheel: its width follows its height. */
function jug(x: number, z: number): Thing {
  const glaze = colour('#33548c')
  const dark = colour('#16284e')
  const clay = colour('#b98f66')
  const profile = (y: number) =>
    0.2 + 0.2 * smoothstep(-0.1, 0.42, y) - 0.24 * smoothstep(0.45, 0.98, y) + 0.075 * smoothstep(1.0, 1.22, y)
  return put(
    [x, 0, z],
    0,
    0.82,
    0.62,
    (px, py, pz) => {
      const r = length(px, pz)
      const wall = Math.max((Math.abs(r - profile(py) + 0.02) - 0.024) * 0.8, py - 1.22, -py)
      const solid = Math.max((r - profile(py)) * 0.8, py - 1.05, -py)
      const ring = length(length(px + 0.3, py - 0.82) - 0.2, pz * 0.75) - 0.035
      return melt(Math.min(wall, solid), Math.max(ring, px + 0.16), 0.05)
    },
    ([px, py, pz]) => {
      const run = smoothstep(-0.03, 0.02, py - 0.24 - 0.06 * fbm(Math.atan2(pz, px) * 3, 0.5, 3, 95))
      const flow = clamp(0.5 + fbm(px * 3, py * 2, 4, 96) + 0.25 * noise(px * 12, py * 5, 97))
      return {
        colour: mixColour(clay, mixColour(dark, glaze, flow), run),
        gloss: 0.08 + 0.5 * run,
        polish: 18 + 60 * run,
        bump: 0.02,
        soft: 0.03,
      }
    },
  )
}

export const things: readonly Thing[] = [
  jug(-0.98, -0.6),
  bowl(0.2, -0.3),
  orange(-0.08, 0.26, -0.14, 0.3),
  apple(0.44, 0.26, -0.14, -0.3, 51),
  orange(0.2, 0.26, -0.62, -0.2),
  apple(0.16, 0.69, -0.27, 0.22, 57),
  pear(1.24, 0.05, -0.08),
  lemon(0.92, 0.66, 0.5),
  grapes(-0.5, 0.66),
]
