import { band, type Plane, part, type Tick } from './bitmap.ts'
import { blur } from './blur.ts'
import { hash } from './noise.ts'
import { shrinkPlane, workingFactor } from './resample.ts'

/** Directions along the edges of a picture, kept at the working size. */
export interface Flow {
  /** Picture pixels per cell. */
  readonly factor: number
  readonly columns: number
  /** Unit vector along the edge. */
  readonly x: Plane
  readonly y: Plane
  /** 0: no direction here, 1: a clear edge. */
  readonly strength: Plane
}

/**
 * The smoothed structure tensor of lightness. `smooth` (in working pixels) says how far neighbours agree; where nothing
 * has a direction the wider surroundings give theirs.
 */
export function edgeFlow(l: Plane, width: number, height: number, smooth: number): Flow {
  const factor = workingFactor({ width, height })
  const columns = Math.ceil(width / factor)
  const rows = Math.ceil(height / factor)
  const tone = blur(shrinkPlane(l, width, height, factor), columns, rows, 0.8)
  const [xx, xy, yy] = gradientProducts(tone, columns, rows)
  const mix = (plane: Plane) => {
    const near = blur(plane, columns, rows, smooth)
    const far = blur(plane, columns, rows, smooth * 6)
    for (let i = 0; i < near.length; i++) near[i]! += 0.02 * far[i]!
    return near
  }
  const [e, f, g] = [mix(xx), mix(xy), mix(yy)]
  const flow = { factor, columns, x: xx, y: xy, strength: yy }
  for (let i = 0; i < e.length; i++) {
    const difference = e[i]! - g[i]!
    const root = Math.sqrt(difference * difference + 4 * f[i]! * f[i]!)
    const angle = Math.atan2(2 * f[i]!, difference) / 2 + Math.PI / 2
    flow.x[i] = Math.cos(angle)
    flow.y[i] = Math.sin(angle)
    flow.strength[i] = root / (e[i]! + g[i]! + 1e-4)
  }
  return flow
}

function gradientProducts(tone: Plane, width: number, height: number): [Plane, Plane, Plane] {
  const xx = new Float32Array(tone.length)
  const xy = new Float32Array(tone.length)
  const yy = new Float32Array(tone.length)
  for (let y = 0; y < height; y++) {
    const above = Math.max(0, y - 1) * width
    const here = y * width
    const below = Math.min(height - 1, y + 1) * width
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - 1)
      const right = Math.min(width - 1, x + 1)
      const gx =
        3 * (tone[above + right]! - tone[above + left]! + tone[below + right]! - tone[below + left]!) +
        10 * (tone[here + right]! - tone[here + left]!)
      const gy =
        3 * (tone[below + left]! - tone[above + left]! + tone[below + right]! - tone[above + right]!) +
        10 * (tone[below + x]! - tone[above + x]!)
      xx[here + x] = gx * gx
      xy[here + x] = gx * gy
      yy[here + x] = gy * gy
    }
  }
  return [xx, xy, yy]
}

/**
 * Averages a plane along the flow over about `reach` pixels to both sides: lines become clean, noise becomes streaks.
 * Three points per pass, each pass three times as far apart as the one before.
 */
export function smoothAlong(plane: Plane, width: number, height: number, flow: Flow, reach: number, tick: Tick): Plane {
  const steps: number[] = []
  for (let step = (reach * 2) / 3; step > 1 || steps.length === 0; step /= 3) steps.unshift(step)
  return steps.reduce((source, step, index) => {
    const pass = part(tick, index / steps.length, (index + 1) / steps.length)
    return averageOfThree(source, width, height, flow, step, pass)
  }, plane)
}

/** Each pixel the mean of itself and the two places `step` pixels along the flow to both sides. */
function averageOfThree(plane: Plane, width: number, height: number, flow: Flow, step: number, tick: Tick): Plane {
  const out = new Float32Array(plane.length)
  const { x: flowX, y: flowY, columns } = flow
  const perPixel = 1 / flow.factor
  const half = step / 2
  const lastX = width - 1
  const lastY = height - 1
  for (let y = 0, i = 0; y < height; y++) {
    if (y % band === 0) tick(y / height)
    const row = ((y * perPixel) | 0) * columns
    for (let x = 0; x < width; x++, i++) {
      const start = row + ((x * perPixel) | 0)
      let sum = plane[i]!
      for (let sign = -1; sign <= 1; sign += 2) {
        const dx = flowX[start]! * sign
        const dy = flowY[start]! * sign
        // The direction half way follows a bend that the direction here would leave.
        const hx = within(x + 0.5 + dx * half, lastX)
        const hy = within(y + 0.5 + dy * half, lastY)
        const cell = ((hy * perPixel) | 0) * columns + ((hx * perPixel) | 0)
        const fx = flowX[cell]!
        const fy = flowY[cell]!
        // The flow has no front and back; keep going the way we came.
        const forward = dx * fx + dy * fy < 0 ? -step : step
        sum += plane[within(y + 0.5 + fy * forward, lastY) * width + within(x + 0.5 + fx * forward, lastX)]!
      }
      out[i] = sum / 3
    }
  }
  return out
}

const within = (at: number, last: number) => (at <= 0 ? 0 : at >= last ? last : at | 0)

/** Noise drawn out along the flow, about -1 to 1: the marks of bristles or of a pencil's strokes. */
export function streaks(
  width: number,
  height: number,
  flow: Flow,
  { reach, grain, seed }: { reach: number; grain: number; seed: number },
  tick: Tick,
): Plane {
  const noise = new Float32Array(width * height)
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) noise[i] = hash((x / grain) | 0, (y / grain) | 0, seed) * 2 - 1
  const drawn = smoothAlong(noise, width, height, flow, reach, tick)
  // Averaging made the noise weaker; about as many independent grains as fit into the reach went into each pixel.
  const gain = 0.9 * Math.sqrt(reach / grain + 1)
  for (let i = 0; i < drawn.length; i++) drawn[i]! *= gain
  return drawn
}
