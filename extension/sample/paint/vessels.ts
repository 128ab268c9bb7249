/** A bowl and a jug. */
import { clamp, colour, mixColour, smoothstep } from './canvas.ts'
import { fbm, noise } from './noise.ts'
import { length, melt } from './solids.ts'
import { put, type Thing } from './things.ts'

/** A bowl: a thin shell of a sphere, cut open, on a foot. */
export function bowl(x: number, z: number): Thing {
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
export function jug(x: number, z: number): Thing {
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
