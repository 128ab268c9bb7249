/** The waxing moon, on nothing. */
import sharp from 'sharp'
import { clamp, colour, createCanvas, develop, mixColour, smoothstep } from './canvas.ts'
import { fbm, hash, noise } from './noise.ts'
import { dot, unit, type Vector } from './rays.ts'

const size = 400
const radius = 0.96
const sun = unit([0.8, 0.26, 0.54])
const highland = colour('#cfc9be')
const sea = colour('#7f7d7c')

const craters = Array.from({ length: 150 }, (_, i) => {
  const around = hash(i, 1, 5) * 2 * Math.PI
  const up = hash(i, 2, 5) * 2 - 1
  const flat = Math.sqrt(1 - up * up)
  const centre: Vector = [flat * Math.cos(around), up, flat * Math.abs(Math.sin(around))]
  return { centre, size: 0.018 + 0.1 * hash(i, 3, 5) ** 4, rays: hash(i, 4, 5) > 0.93 }
})

/** Tilts the surface at the walls of craters, and brightens fresh ones. */
function craterAt(at: Vector): { tilt: Vector; bright: number } {
  let tilt: Vector = [0, 0, 0]
  let bright = 0
  for (const crater of craters) {
    const away: Vector = [at[0] - crater.centre[0], at[1] - crater.centre[1], at[2] - crater.centre[2]]
    const far = Math.sqrt(dot(away, away)) / crater.size
    if (far > 6) continue
    if (crater.rays) bright += 0.12 * Math.exp(-far * 0.6)
    if (far > 1.6) continue
    // Inside, the wall faces the middle; outside the rim it falls away.
    const wall = far < 1 ? -smoothstep(0.45, 0.9, far) : smoothstep(1.6, 1.05, far) * 0.6
    const push = (wall * 0.6) / (far * crater.size + 0.001)
    tilt = [tilt[0] + away[0] * push, tilt[1] + away[1] * push, tilt[2] + away[2] * push]
    bright += far < 0.8 ? -0.03 : 0.04
  }
  return { tilt, bright }
}

export async function moon(): Promise<Record<string, Buffer>> {
  const canvas = createCanvas(size, size)
  const alpha = Buffer.alloc(size * size)
  for (let py = 0; py < size; py++) {
    for (let px = 0; px < size; px++) {
      const [x, y] = [((px + 0.5) / size) * 2 - 1, 1 - ((py + 0.5) / size) * 2]
      const r = Math.sqrt(x * x + y * y)
      const i = py * size + px
      alpha[i] = 255 * clamp(0.5 + ((radius - r) * size) / 2)
      if (r > radius + 0.02) continue
      const at = unit([x, y, Math.sqrt(Math.max(0.0004, radius * radius - r * r))])
      const plain = smoothstep(-0.02, 0.16, fbm(at[0] * 1.5 + 2.2, at[1] * 1.5 - at[2], 5, 9))
      const { tilt, bright } = craterAt(at)
      const rough = 0.05 * (1 - plain)
      const normal = unit([
        at[0] + tilt[0] + rough * noise(at[0] * 26, at[1] * 26, 10),
        at[1] + tilt[1] + rough * noise(at[0] * 26, at[1] * 26, 11),
        at[2] + tilt[2],
      ])
      const light = smoothstep(-0.04, 0.3, dot(at, sun)) * Math.max(0, dot(normal, sun)) ** 0.7 * 1.15 + 0.006
      const mottle = 1 + 0.22 * fbm(at[0] * 9, at[1] * 9, 4, 12) + bright
      const c = mixColour(highland, sea, plain * 0.85)
      canvas.rgb.set([c[0] * light * mottle, c[1] * light * mottle, c[2] * light * mottle], i * 3)
    }
  }
  const opaque = await develop(canvas, { grain: 3 }).raw().toBuffer()
  const bytes = await sharp(opaque, { raw: { width: size, height: size, channels: 3 } })
    .joinChannel(alpha, { raw: { width: size, height: size, channels: 1 } })
    .webp({ quality: 84, alphaQuality: 90 })
    .toBuffer()
  return { 'moon.webp': bytes }
}
