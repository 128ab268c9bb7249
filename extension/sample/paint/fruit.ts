/** A still life by a window. */
import { type Colour, clamp, colour, develop, mix, mixColour, smoothstep } from './canvas.ts'
import { apple, grapes, lemon, orange, pear } from './fruits.ts'
import { fbm, noise } from './noise.ts'
import { along, camera, dot, facing, lightReaching, openness, trace, unit, type Vector } from './rays.ts'
import { render } from './render.ts'
import { bowl, jug } from './vessels.ts'

const width = 880
const height = 660
const eye: Vector = [0.1, 1.12, 4.4]
const wallAt = -1.5

const things = [
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

const sun = unit([-0.8, 0.62, 0.5])
const sunlight: Colour = [3.1, 2.45, 1.65]
const skylight: Colour = [0.2, 0.25, 0.33]
const bounce: Colour = [0.3, 0.17, 0.09]

const wood = { dark: colour('#3a2417'), light: colour('#8f6241') }
const plaster = { dark: colour('#6f6a58'), light: colour('#a39a80') }

/** The window lets the sun in through panes: 1 in the light, 0 behind frame and wall. */
function throughWindow(at: Vector): number {
  const t = (-3 - at[0]) / sun[0]
  const z = at[2] + sun[2] * t
  const y = at[1] + sun[1] * t
  const soft = 0.055
  const edge = (x: number, low: number, high: number) =>
    smoothstep(low - soft, low + soft, x) * (1 - smoothstep(high - soft, high + soft, x))
  const bars = (1 - edge(z, 1.92, 2)) * (1 - edge(y, 3.1, 3.18))
  return edge(z, 0.4, 3.5) * edge(y, 1.2, 4.7) * bars
}

/** Sunlight at a point: through the window, past the other things. */
function sunAt(at: Vector): number {
  const window = throughWindow(at)
  return window > 0.002 ? window * lightReaching(things, at, sun, 0.09) : 0
}

function tableColour(x: number, z: number): Colour {
  const plank = Math.floor((z + 10) / 0.62)
  const gap = smoothstep(0, 0.022, Math.abs((((z + 10) / 0.62) % 1) - 0.5) < 0.49 ? 1 : 0)
  const grain = fbm(x * 1.1 + plank * 7.7, z * 17, 4, 5) + 0.5 * noise(x * 2 + plank * 3, z * 60, 6)
  const c = mixColour(wood.dark, wood.light, clamp(0.42 + 0.5 * grain + 0.12 * noise(plank * 3.3, 0.5, 7)))
  const seam = 0.35 + 0.65 * gap
  return [c[0] * seam, c[1] * seam, c[2] * seam]
}

function wallColour(x: number, y: number): Colour {
  const patch = fbm(x * 1.3, y * 1.3, 5, 15)
  return mixColour(plaster.dark, plaster.light, clamp(0.5 + 0.55 * patch + 0.1 * noise(x * 21, y * 27, 16)))
}

const lit = (base: Colour, light: Colour, gloss = 0): Colour => [
  base[0] * light[0] + gloss * sunlight[0],
  base[1] * light[1] + gloss * sunlight[1],
  base[2] * light[2] + gloss * sunlight[2],
]

function lightAt(normal: Vector, direct: number, open: number, wrap = 0): Colour {
  const key = Math.max(0, (dot(normal, sun) + wrap) / (1 + wrap)) * direct
  const sky = (0.55 + 0.3 * normal[1] - 0.35 * normal[0]) * open
  const floor = (0.5 - 0.5 * normal[1]) * (0.4 + 0.6 * open)
  const part = (i: 0 | 1 | 2) => sunlight[i] * key + skylight[i] * sky + bounce[i] * floor
  return [part(0), part(1), part(2)]
}

/** Colour of what a ray meets. */
function look(way: Vector, px: number, py: number): Colour {
  const table = -eye[1] / way[1]
  const wall = (wallAt - eye[2]) / way[2]
  const background = way[1] < 0 && table < wall ? table : wall
  const hit = trace(things, eye, way, background)
  if (!hit) {
    const at = along(eye, way, background)
    const onTable = background === table
    const normal: Vector = onTable ? [0, 1, 0] : [0, 0, 1]
    const direct = sunAt(at)
    const open = openness(things, at, normal, 0.3) * smoothstep(-0.05, 0.5, onTable ? at[2] - wallAt : at[1] + 0.2)
    const base = onTable ? tableColour(at[0], at[2]) : wallColour(at[0], at[1])
    const mirror = onTable ? sheen(at, way) : 0
    return lit(base, lightAt(normal, direct, open), mirror * direct)
  }
  const at = along(eye, way, hit.t)
  const normal = facing(hit.solid.distance, at)
  const skin = hit.solid.skin(at, normal)
  const bumpy = unit([
    normal[0] + skin.bump * noise(px / 3.1, py / 3.1, 24),
    normal[1] + skin.bump * noise(px / 3.1, py / 3.1, 25),
    normal[2],
  ])
  const direct = sunAt(along(at, normal, 0.008))
  const open = openness(things, at, normal, 0.22) * mix(0.55, 1, smoothstep(0, 0.25, at[1]))
  const half = unit([sun[0] - way[0], sun[1] - way[1], sun[2] - way[2]])
  const shine = Math.max(0, dot(bumpy, half)) ** skin.polish * skin.gloss * (0.12 + 0.88 * direct)
  const rim = (1 - Math.max(0, -dot(normal, way))) ** 4 * 0.05 * skin.gloss * open
  return lit(skin.colour, lightAt(bumpy, direct, open, skin.soft), shine + rim)
}

/** The table's polish catches a little of the window. */
function sheen(at: Vector, way: Vector): number {
  const rough = noise(at[0] * 5, at[2] * 30, 9) * 0.05
  const half = unit([sun[0] - way[0], sun[1] - way[1] + rough, sun[2] - way[2]])
  return Math.max(0, half[1]) ** 40 * 0.1
}

export async function fruitByTheWindow(): Promise<Record<string, Buffer>> {
  const rayThrough = camera(eye, [0.08, 0.5, 0], 2.9)
  const canvas = render(width, height, (x, y) => look(rayThrough((x * 2 - width) / height, 1 - (y * 2) / height), x, y))
  return {
    'fruit.jpg': await develop(canvas, { grain: 6, vignette: 0.4 }).jpeg({ quality: 86, mozjpeg: true }).toBuffer(),
  }
}
