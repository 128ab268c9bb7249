/** Oranges, apples, a pear, a lemon, grapes. */
import { clamp, colour, mixColour, smoothstep } from './canvas.ts'
import { fbm, hash, noise } from './noise.ts'
import type { Vector } from './rays.ts'
import { ellipsoid, length, melt, rod } from './solids.ts'
import { put, type Thing } from './things.ts'

const peel = { gloss: 0.16, polish: 26, bump: 0.16, soft: 0.12 }
const wax = { gloss: 0.5, polish: 90, bump: 0.02, soft: 0.08 }

export function orange(x: number, y: number, z: number, lean: number): Thing {
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

export function apple(x: number, y: number, z: number, lean: number, seed: number): Thing {
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

export function pear(x: number, z: number, lean: number): Thing {
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

export function lemon(x: number, z: number, turn: number): Thing {
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
export function grapes(x: number, z: number): Thing {
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
