import { type Painting, paint } from './canvas.ts'
import { blend, type Colour, clamp, glow, gradient, hex, scale, smoothstep } from './math.ts'
import { hash, layered, noise } from './noise.ts'

interface Light {
  /** From the horizon up. */
  sky: readonly (readonly [number, Colour])[]
  sun: Colour
  sunAt: { x: number; y: number }
  cloudLit: Colour
  cloudShade: Colour
  haze: Colour
  land: Colour
  deep: Colour
  boat: boolean
}

export const dusk: Light = {
  sky: [
    [0, hex('#ffc27a')],
    [0.14, hex('#f79a6b')],
    [0.34, hex('#cf7188')],
    [0.6, hex('#6d5a93')],
    [1, hex('#27335f')],
  ],
  sun: hex('#ffe2a6'),
  sunAt: { x: 0.96, y: 0.505 },
  cloudLit: hex('#ffb27e'),
  cloudShade: hex('#6b4f7c'),
  haze: hex('#e9a07c'),
  land: hex('#1a2140'),
  deep: hex('#141c36'),
  boat: true,
}

export const dawn: Light = {
  sky: [
    [0, hex('#f6ead2')],
    [0.2, hex('#e5dcd4')],
    [0.55, hex('#a9c0cf')],
    [1, hex('#6f94b4')],
  ],
  sun: hex('#fff6dc'),
  sunAt: { x: 0.5, y: 0.4 },
  cloudLit: hex('#fffaf0'),
  cloudShade: hex('#9fb2bf'),
  haze: hex('#dfe3df'),
  land: hex('#2c4a4f'),
  deep: hex('#2a4a58'),
  boat: false,
}

const horizon = 0.565

const ridges = [
  { height: 0.15, rough: 0.13, grain: 1.6, near: 0.28, seed: 11 },
  { height: 0.09, rough: 0.1, grain: 2.3, near: 0.52, seed: 37 },
  { height: 0.035, rough: 0.06, grain: 3.7, near: 0.76, seed: 71 },
]

const ridgeTop = (x: number, { height, rough, grain, seed }: (typeof ridges)[number]) =>
  horizon - height - rough * (layered(x * grain + seed, seed, 6) - 0.5) * 2

/** Firs along the shore: how far the nearest tree covers this point. */
function firs(x: number, y: number): number {
  let cover = 0
  const shore = smoothstep(0.62, 0.1, x) + smoothstep(1.18, 1.5, x)
  const cell = Math.floor(x * 64)
  for (let tree = cell - 2; tree <= cell + 2; tree++) {
    const middle = (tree + 0.2 + 0.6 * hash(tree, 3)) / 64
    const tall = shore * (0.045 + 0.085 * hash(tree, 5))
    const up = (horizon + 0.004 - y) / Math.max(tall, 0.002)
    if (up < 0 || up > 1) continue
    const branch = 0.72 + 0.28 * Math.abs((((up * 9 + hash(tree, 7)) % 1) + 1) % 1)
    const half = 0.017 * (1 - up) * branch * (0.6 + tall * 6) + 0.0007
    cover = Math.max(cover, smoothstep(half + 0.0012, half - 0.0012, Math.abs(x - middle)))
  }
  return cover
}

function clouds(x: number, y: number, light: Light, sky: Colour): Colour {
  const up = horizon - y
  const drift = layered(x * 1.3, y * 3, 3) * 0.9
  const at = (a: number, b: number) => layered(a * 1.5 + drift + 3.1, b * 8.5 + drift * 0.7, 6)
  const thick = at(x, y)
  const cover = smoothstep(0.47, 0.72, thick) * smoothstep(0.02, 0.2, up) * (1 - 0.35 * smoothstep(0.4, 0.6, up))
  if (cover === 0) return sky
  const towards = Math.hypot(x - light.sunAt.x, y - light.sunAt.y)
  const edge = clamp((thick - at(x + 0.012 * Math.sign(light.sunAt.x - x), y + 0.012)) * 9 + 0.45)
  const warm = clamp(edge * (0.35 + 1.1 * Math.exp(-towards * 1.7)))
  return blend(sky, blend(light.cloudShade, light.cloudLit, warm), cover * 0.92)
}

function above(x: number, y: number, light: Light): Colour {
  const { sunAt } = light
  const far = Math.hypot(x - sunAt.x, (y - sunAt.y) * 1.15)
  let colour = clouds(x, y, light, gradient(light.sky, (horizon - y) / horizon))
  colour = glow(colour, light.sun, 0.75 * Math.exp(-far * 5.2) + 0.3 * Math.exp(-far * 1.9))
  colour = glow(colour, [1, 0.97, 0.88], smoothstep(0.034, 0.029, Math.hypot(x - sunAt.x, y - sunAt.y)))
  for (const ridge of ridges) {
    const top = ridgeTop(x, ridge)
    const cover = smoothstep(top - 0.0012, top + 0.0012, y)
    if (cover === 0) continue
    const rock = layered(x * 22 + ridge.seed, y * 38, 4)
    const lit = blend(light.haze, light.land, ridge.near + (rock - 0.5) * 0.22)
    const mist = smoothstep(top, horizon, y) * (0.75 - ridge.near * 0.55) + 0.1 * layered(x * 3, y * 30, 3)
    colour = blend(colour, glow(blend(lit, light.haze, mist), light.sun, 0.45 * Math.exp(-far * 5)), cover)
  }
  const trees = firs(x, y)
  return trees > 0 ? blend(colour, scale(light.land, 0.42 + 0.2 * noise(x * 90, y * 90)), trees) : colour
}

/** A rowing boat with one person, at rest; coordinates from its middle on the water line, up is negative. */
function boat(x: number, y: number): number {
  const soft = 0.0009
  const bend = x / 0.085
  const rim = -0.0125 - 0.012 * bend * bend
  const keel = 0.004 - 0.011 * bend ** 4
  const hull =
    smoothstep(0.087, 0.083, Math.abs(x)) *
    smoothstep(rim - soft, rim + soft, y) *
    smoothstep(keel + soft, keel - soft, y)
  const head = smoothstep(0.0098, 0.0083, Math.hypot(x - 0.012, y + 0.0665))
  const brim = smoothstep(0.0165, 0.0152, Math.abs(x - 0.012)) * smoothstep(0.0022, 0.001, Math.abs(y + 0.0705))
  const lean = (x - 0.006 - 0.1 * (y + 0.012)) / (0.0135 + 0.12 * Math.max(0, y + 0.035))
  const body = smoothstep(1.08, 0.94, Math.abs(lean)) * smoothstep(-0.0585, -0.0555, y) * smoothstep(-0.004, -0.008, y)
  const along = clamp((x + 0.012) / 0.105)
  const oar = smoothstep(0.0021, 0.0008, Math.abs(y + 0.034 - 0.041 * along)) * (x > -0.012 && x < 0.093 ? 1 : 0)
  return Math.max(hull, head, brim, body, oar)
}

function water(x: number, y: number, light: Light): Colour {
  const near = (y - horizon) / (1 - horizon)
  const far = 1 / (near + 0.045)
  const across = (x - 0.75) * far
  const swell = layered(across * 2.2, far * 5.5, 4) - 0.5
  const ripple = layered(across * 9, far * 26, 3) - 0.5
  const up = (y - horizon) * 0.94 - (swell * 0.16 + ripple * 0.085) * (0.12 + near)
  const mirrored = above(x + swell * 0.03 * near, horizon - Math.abs(up) - 0.001, light)
  let colour = blend(scale(mirrored, 0.9), light.deep, 0.1 + 0.5 * near * near + 0.3 * clamp(ripple * 2.4) * near)
  const column = Math.exp(-(((x - light.sunAt.x + swell * 0.06) / (0.035 + 0.1 * near)) ** 2))
  const glint = smoothstep(0.56, 0.8, layered(across * 7 + 5, far * 34, 3)) * column
  colour = glow(colour, light.sun, glint * (0.95 - 0.45 * near) + column * 0.12)
  if (light.boat) {
    const shade = boat(x - 0.47 + swell * 0.02, -(y - 0.742) * 0.9 + ripple * 0.012)
    if (y > 0.74) colour = blend(colour, light.deep, shade * 0.78)
  }
  const mist = Math.exp(-near * 26) * (0.25 + 0.7 * layered(x * 2.6, y * 40, 3))
  return blend(colour, light.haze, mist)
}

const reeds = Array.from({ length: 54 }, (_, index) => {
  const left = index % 3 === 0
  const root = left ? 0.22 * hash(index, 21) : 1.5 - 0.36 * hash(index, 22) ** 1.4
  return {
    root,
    tall: 0.12 + 0.3 * hash(index, 23) * (left ? 0.7 : 1),
    lean: (hash(index, 24) - (left ? 0.25 : 0.65)) * 0.16,
    wide: 0.0016 + 0.0022 * hash(index, 25),
  }
})

function inFront(x: number, y: number): number {
  let cover = 0
  for (const { root, tall, lean, wide } of reeds) {
    const up = (1.02 - y) / tall
    if (up < 0 || up > 1 || Math.abs(x - root) > 0.18) continue
    const middle = root + lean * up * up
    const half = wide * (1 - up * up) + 0.0004
    cover = Math.max(cover, smoothstep(half + 0.0022, half - 0.0008, Math.abs(x - middle)))
  }
  return cover
}

/** A lake between mountains, as a camera would have seen it: for pictures of 3:2. */
export const paintLake = (width: number, light: Light): Painting =>
  paint({ width, height: Math.round((width * 2) / 3), grain: 0.028 }, (x, y) => {
    let colour = y < horizon ? above(x, y, light) : water(x, y, light)
    if (light.boat && y < 0.748) colour = blend(colour, scale(light.land, 0.5), boat(x - 0.47, y - 0.742))
    if (y > 0.55) colour = blend(colour, scale(light.deep, 0.55), inFront(x, y) * 0.94)
    const corner = Math.hypot((x - 0.75) / 0.9, (y - 0.5) / 0.75)
    return scale(colour, 1 - 0.28 * smoothstep(0.55, 1.15, corner))
  })
