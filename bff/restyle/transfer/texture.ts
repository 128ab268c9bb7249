import { type Bitmap, createBitmap, type Plane, part, type Tick, unitOf } from '../imaging/bitmap.ts'
import { blurBitmap } from '../imaging/blur.ts'
import { edgeFlow, type Flow } from '../imaging/flow.ts'
import { kuwahara } from '../imaging/kuwahara.ts'
import { createRandom } from '../imaging/noise.ts'

/** Places of the style picture tried for each patch. */
const tries = 20

/** Detail beyond this is the outline of a thing, not the texture of its surface (Oklab). */
const outlineDetail = 0.11

/**
 * Gives a picture the surface of another: its own fine texture is smoothed away and the style's brush marks, weave or
 * grain laid over it, patch by patch, each taken from a place of similar lightness and turned along the form.
 */
export function transferTexture(image: Bitmap, style: Bitmap, strength: number, seed: number, tick: Tick): Bitmap {
  const unit = unitOf(image)
  const base = kuwahara(image, (2.5 + 1.5 * strength) * unit, part(tick, 0, 0.3))
  const detail = surface(style, 7 * unit)
  tick(0.4)
  const flow = edgeFlow(base.l, image.width, image.height, 5)
  const styleFlow = edgeFlow(style.l, style.width, style.height, 5)
  const sheet = layPatches(base, flow, style, styleFlow, detail, { side: 44 * unit, seed }, part(tick, 0.45, 0.95))
  const keepOwn = 1 - 0.82 * strength
  for (let i = 0; i < sheet.l.length; i++) {
    const l = base.l[i]!
    // Full shadow and full light have little room for texture.
    const room = 0.35 + 2.6 * l * (1 - l)
    sheet.l[i] = l + (image.l[i]! - l) * keepOwn + sheet.l[i]! * strength * room
    sheet.a[i] = base.a[i]! + (image.a[i]! - base.a[i]!) * keepOwn + sheet.a[i]! * strength
    sheet.b[i] = base.b[i]! + (image.b[i]! - base.b[i]!) * keepOwn + sheet.b[i]! * strength
  }
  tick(1)
  return sheet
}

/** A picture without its large shapes: what is finer than `size` pixels, outlines held down. */
function surface(style: Bitmap, size: number): Bitmap {
  const shapes = blurBitmap(style, size)
  const rest = (plane: Plane, large: Plane) => {
    for (let i = 0; i < large.length; i++) {
      const detail = plane[i]! - large[i]!
      large[i] = detail / (1 + Math.abs(detail) / outlineDetail)
    }
    return large
  }
  return { ...shapes, l: rest(style.l, shapes.l), a: rest(style.a, shapes.a), b: rest(style.b, shapes.b) }
}

/** The detail of well-chosen patches, half overlapping, blended so that it stays as strong as in the style picture. */
function layPatches(
  base: Bitmap,
  flow: Flow,
  style: Bitmap,
  styleFlow: Flow,
  detail: Bitmap,
  { side, seed }: { side: number; seed: number },
  tick: Tick,
): Bitmap {
  const { width, height } = base
  const random = createRandom(seed)
  const out = createBitmap(width, height)
  const power = new Float32Array(width * height)
  const radius = Math.max(3, side / 2)
  const step = Math.max(2, Math.round(radius))
  for (let cy = 0; cy < height + step; cy += step) {
    tick((0.95 * cy) / (height + step))
    for (let cx = 0; cx < width + step; cx += step) {
      const patch = choosePatch(base, flow, style, styleFlow, cx, cy, random)
      addPatch(out, power, detail, patch, cx, cy, radius)
    }
  }
  for (let i = 0; i < power.length; i++) {
    const scale = 1 / Math.sqrt(Math.max(1e-6, power[i]!))
    out.l[i]! *= scale
    out.a[i]! *= scale
    out.b[i]! *= scale
  }
  return out
}

interface Patch {
  x: number
  y: number
  /** Turn from the picture's directions to the style's. */
  cos: number
  sin: number
}

function choosePatch(
  base: Bitmap,
  flow: Flow,
  style: Bitmap,
  styleFlow: Flow,
  cx: number,
  cy: number,
  random: () => number,
): Patch {
  const px = Math.min(base.width - 1, cx)
  const py = Math.min(base.height - 1, cy)
  const here = py * base.width + px
  let best = Infinity
  let x = 0
  let y = 0
  for (let k = 0; k < tries; k++) {
    const tx = Math.floor(random() * style.width)
    const ty = Math.floor(random() * style.height)
    const at = ty * style.width + tx
    const off =
      Math.abs(style.l[at]! - base.l[here]!) +
      Math.abs(style.a[at]! - base.a[here]!) +
      Math.abs(style.b[at]! - base.b[here]!)
    if (off < best) {
      best = off
      x = tx
      y = ty
    }
  }
  const own = cellOf(flow, px, py)
  const other = cellOf(styleFlow, x, y)
  // Where either has no direction there is nothing to line up.
  const oriented = flow.strength[own]! * styleFlow.strength[other]! > 0.1
  if (!oriented) return { x, y, cos: 1, sin: 0 }
  return {
    x,
    y,
    cos: flow.x[own]! * styleFlow.x[other]! + flow.y[own]! * styleFlow.y[other]!,
    sin: flow.x[own]! * styleFlow.y[other]! - flow.y[own]! * styleFlow.x[other]!,
  }
}

const cellOf = (flow: Flow, x: number, y: number) => ((y / flow.factor) | 0) * flow.columns + ((x / flow.factor) | 0)

function addPatch(
  out: Bitmap,
  power: Plane,
  detail: Bitmap,
  { x: styleX, y: styleY, cos, sin }: Patch,
  cx: number,
  cy: number,
  radius: number,
) {
  const { width, height } = out
  const reach = Math.ceil(radius)
  for (let y = Math.max(0, cy - reach); y < Math.min(height, cy + reach); y++) {
    const dy = y - cy
    const weightY = 1 - Math.abs(dy) / radius
    if (weightY <= 0) continue
    for (let x = Math.max(0, cx - reach), i = y * width + x; x < Math.min(width, cx + reach); x++, i++) {
      const dx = x - cx
      const weightX = 1 - Math.abs(dx) / radius
      if (weightX <= 0) continue
      const weight = weightX * weightY
      const u = mirrored(styleX + Math.round(dx * cos - dy * sin), detail.width)
      const v = mirrored(styleY + Math.round(dx * sin + dy * cos), detail.height)
      const j = v * detail.width + u
      out.l[i]! += detail.l[j]! * weight
      out.a[i]! += detail.a[j]! * weight
      out.b[i]! += detail.b[j]! * weight
      power[i]! += weight * weight
    }
  }
}

/** Coordinates past a border run back into the picture. */
function mirrored(at: number, size: number): number {
  const period = 2 * size
  const wrapped = ((at % period) + period) % period
  return wrapped < size ? wrapped : period - 1 - wrapped
}
