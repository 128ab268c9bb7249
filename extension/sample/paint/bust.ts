/** A plaster head in soft studio light. */
import { type Colour, clamp, colour, develop, mix, mixColour, smoothstep } from './canvas.ts'
import { head } from './head.ts'
import { fbm, noise } from './noise.ts'
import { along, camera, dot, facing, lightReaching, openness, type Solid, trace, unit, type Vector } from './rays.ts'
import { render } from './render.ts'
import { length, sampled } from './solids.ts'

const width = 630
const height = 840
const eye: Vector = [0, 0.25, 6.2]

const lamp = unit([-0.78, 0.62, 0.2])
const lampLight: Colour = [1.5, 1.4, 1.24]
const fill: Colour = [0.17, 0.19, 0.23]
const rimLight: Colour = [0.5, 0.42, 0.36]

const plinth: Solid = {
  centre: [0, -1.95, 0],
  radius: 1.0,
  distance: (x, y, z) => {
    const r = length(x, z)
    const block = Math.max(r - 0.62, Math.abs(y + 1.95) - 0.42)
    return Math.max(block, (r + Math.abs(y + 1.95) - 0.62 - 0.42 + 0.03) * 0.7)
  },
}
const middle: Vector = [0, -0.28, -0.05]

const plaster = colour('#d9d2c6')
const stone = colour('#4d4a4c')
const backdrop = { light: colour('#8f999b'), dark: colour('#22272f') }

/** Painted canvas behind, with the light's circle on it. */
function background(x: number, y: number): Colour {
  const round = length(x + 0.28, (y - 0.2) * 0.85)
  const brush = 0.1 * fbm(x * 1.7, y * 1.7, 4, 33) + 0.03 * noise(x * 14, y * 14, 34)
  const c = mixColour(backdrop.light, backdrop.dark, clamp(smoothstep(0.05, 1.25, round) + brush))
  const fall = 0.6
  return [c[0] * fall, c[1] * fall, c[2] * fall]
}

function look(solids: readonly Solid[], way: Vector, x: number, y: number): Colour {
  const hit = trace(solids, eye, way, 12)
  if (!hit) return background(x, y)
  const at = along(eye, way, hit.t)
  const smooth = facing(hit.solid.distance, at, 0.003)
  const isHead = hit.solid !== plinth
  // Tool marks and pores of the cast.
  const rough = isHead ? 0.035 : 0.015
  const normal = unit([
    smooth[0] + rough * (noise(at[0] * 9, at[1] * 9 + at[2] * 4, 44) + 0.8 * noise(at[0] * 60, at[1] * 60, 45)),
    smooth[1] + rough * (noise(at[0] * 9, at[1] * 9 + at[2] * 4, 46) + 0.8 * noise(at[0] * 60, at[1] * 60, 47)),
    smooth[2],
  ])
  const facingLamp = (dot(normal, lamp) + 0.12) / 1.12
  const direct = facingLamp > 0 ? facingLamp * lightReaching(solids, along(at, smooth, 0.012), lamp, 0.16) : 0
  const open = openness(solids, at, smooth, 0.4)
  const rim = Math.max(0, dot(normal, [0.86, 0.22, -0.46])) ** 1.5
  const sky = (0.6 + 0.3 * normal[1] - 0.3 * normal[0]) * open
  const half = unit([lamp[0] - way[0], lamp[1] - way[1], lamp[2] - way[2]])
  const shine = isHead ? 0.05 * Math.max(0, dot(normal, half)) ** 18 : 0.12 * Math.max(0, dot(normal, half)) ** 60
  const age = isHead
    ? 0.93 + 0.1 * fbm(at[0] * 3, at[1] * 3 + at[2], 3, 48)
    : 0.9 + 0.5 * fbm(at[0] * 2 + at[2] * 3, at[1] * 9, 4, 49)
  const base = isHead ? plaster : stone
  // Dust settles in the hollows and warms them.
  const warm = isHead ? mix(0.86, 1, open) : 1
  const part = (i: 0 | 1 | 2, tint: number) =>
    base[i] * age * tint * (lampLight[i] * direct + fill[i] * sky * 1.5 + rimLight[i] * rim * open) + shine * direct
  return [part(0, 1), part(1, warm), part(2, warm * warm)]
}

export async function bustInTheStudio(): Promise<Record<string, Buffer>> {
  const figure: Solid = { centre: middle, radius: 1.55, distance: head, coarse: sampled(head, middle, 1.6, 72) }
  const solids = [figure, plinth]
  const rayThrough = camera(eye, [0, -0.2, 0], 3.5)
  const canvas = render(width, height, (px, py) => {
    const [x, y] = [(px * 2 - width) / height, 1 - (py * 2) / height]
    return look(solids, rayThrough(x, y), x, y)
  })
  return {
    'bust.jpg': await develop(canvas, { grain: 5, vignette: 0.3 }).jpeg({ quality: 86, mozjpeg: true }).toBuffer(),
  }
}
