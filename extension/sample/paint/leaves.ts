/** Autumn leaves on a dark pond. */
import { type Canvas, type Colour, clamp, colour, createCanvas, develop, mixColour, smoothstep } from './canvas.ts'
import { type Leaf, leafKinds } from './leaf-kinds.ts'
import { fbm, hash, noise } from './noise.ts'
import { type Place, stamp } from './stamp.ts'

const width = 880
const height = 660

const depth: Colour = colour('#0b1a20')
const sky: Colour = colour('#5c7f8c')
const blight: Colour = colour('#4a2712')

function pond(): Canvas {
  const canvas = createCanvas(width, height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ripple = fbm(x / 150 + 0.4 * noise(x / 90, y / 60, 3), y / 46, 4, 12)
      const mirror = clamp(0.1 + 0.34 * smoothstep(-0.15, 0.55, ripple) + 0.25 * (1 - (x + y) / (width + height)))
      canvas.rgb.set(mixColour(depth, sky, mirror), (y * width + x) * 3)
    }
  }
  return canvas
}

/** Leaves lie denser towards one corner, as wind drives them. */
function scatter(): Place[] {
  const places: Place[] = []
  for (let i = 0; places.length < 64 && i < 400; i++) {
    const place = {
      x: hash(i, 1, 55) * width,
      y: hash(i, 2, 55) * height,
      size: 54 + 48 * hash(i, 3, 55),
      turn: hash(i, 4, 55) * 2 * Math.PI,
    }
    const crowd = 0.25 + 0.75 * smoothstep(0.05, 0.85, (width - place.x) / width / 2 + place.y / height / 2)
    if (hash(i, 5, 55) > crowd) continue
    const near = places.filter(p => Math.hypot(p.x - place.x, p.y - place.y) < 0.62 * (p.size + place.size) * 0.9)
    if (near.length < 2) places.push(place)
  }
  return places
}

function lay(canvas: Canvas, place: Place, leaf: Leaf, id: number): void {
  const blur = 0.13
  const shade: Place = { ...place, x: place.x + place.size * 0.09, y: place.y + place.size * 0.13 }
  stamp(canvas, shade, 1.25, (u, v) => {
    const alpha = smoothstep(-blur, blur, leaf.inside(u, v)) * 0.6
    return alpha > 0 ? [[0.004, 0.008, 0.01], alpha] : null
  })
  const [inner, outer] = leaf.colours(id)
  const [lightU, lightV] = [Math.cos(-2.2 - place.turn), Math.sin(-2.2 - place.turn)]
  const bulge = (u: number, v: number) => fbm(u * 1.7 + id, v * 1.7, 2, 66)
  stamp(canvas, place, 1.2, (u, v) => {
    const inside = leaf.inside(u, v)
    const alpha = clamp(0.5 + inside * place.size)
    if (alpha === 0) return null
    const patches = fbm(u * 2.2 + id * 3.7, v * 2.2, 3, 70)
    const edge = smoothstep(0.28, 0, inside)
    const rot = smoothstep(0.34, 0.5, fbm(u * 4 + id, v * 4, 3, 74) + 0.22 * edge)
    const flesh = mixColour(mixColour(inner, outer, clamp(0.35 + patches + 0.5 * edge)), blight, rot * 0.8)
    const slope = (bulge(u + lightU * 0.05, v + lightV * 0.05) - bulge(u, v)) * 5
    const vein = leaf.vein(u, v)
    const light = clamp(0.88 + slope, 0.35, 1.5) * (1 + 0.75 * vein) * (0.94 + 0.12 * noise(u * 40, v * 40, 75))
    const wet = 0.07 * smoothstep(0.25, 0.6, slope + 0.25 * noise(u * 5, v * 5 + id, 76))
    return [[flesh[0] * light + wet, flesh[1] * light + wet, flesh[2] * light + wet], alpha]
  })
}

export async function leavesOnThePond(): Promise<Record<string, Buffer>> {
  const canvas = pond()
  scatter().forEach((place, i) => {
    lay(canvas, place, leafKinds[Math.floor(hash(i, 9, 55) * leafKinds.length)]!, i)
  })
  return { 'leaves.webp': await develop(canvas, { grain: 4, vignette: 0.35 }).webp({ quality: 80 }).toBuffer() }
}
