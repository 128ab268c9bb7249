import { type Canvas, type Colour, clamp, mix } from './canvas.ts'
import { noise } from './noise.ts'

export interface Water {
  /** Colour of the deep where nothing is mirrored. */
  deep: Colour
  /** How rough the surface is; 1 is a light breeze. */
  rough: number
  /** The path of light under the sun or moon; place in picture heights. */
  path: { x: number; light: Colour }
}

const steps = [0.6, 1.4, 3.1, 6.7, 15, 33]

/** The slope of the surface towards the viewer, and how much finer waves spread the light. */
function waves(x: number, z: number, pixel: number, rough: number): { slope: number; spread: number } {
  let slope = 0
  let spread = 0
  for (let i = 0; i < steps.length; i++) {
    const f = steps[i]!
    const strength = 0.5 / (0.55 + 0.32 * i)
    // Waves smaller than a pixel cannot be drawn one by one; they only blur.
    const seen = clamp(1.6 - f * pixel * 2)
    if (seen > 0) slope += strength * seen * noise(x * f * 0.55, z * f, 60 + i)
    spread += strength * (1 - seen)
  }
  // Wind touches the lake in patches.
  const wind = 0.45 + 0.75 * clamp(0.5 + noise(x * 0.16, z * 0.34, 71) * 1.3)
  return { slope: slope * wind * rough, spread: spread * wind * rough }
}

/** Fills everything below a row with water that mirrors what is above it. */
export function paintWater(canvas: Canvas, horizon: number, { deep, rough, path }: Water): void {
  const { width, height, rgb } = canvas
  const below = height - horizon
  const taps = [-0.9, -0.45, 0, 0.45, 0.9]
  for (let y = horizon; y < height; y++) {
    const down = (y - horizon + 0.5) / below
    const z = 1 / (down * 0.98 + 0.02)
    const pixel = (z * z) / below
    const reach = below * 0.42
    // Seen at a low angle water is a mirror, from above one looks into it.
    const mirror = mix(0.97, 0.5, down ** 0.8)
    for (let x = 0; x < width; x++) {
      const across = ((x - width * 0.42) / height) * z * 2.2
      const { slope, spread } = waves(across, z * 2.4, pixel * 2.4, rough)
      const bend = slope * reach * (0.16 + 0.55 * down)
      const blur = (0.6 + spread * 0.1 * reach) * (0.3 + down)
      const sideways = clamp(Math.round(x + slope * 9 * (0.2 + down)), 0, width - 1)
      let r = 0
      let g = 0
      let b = 0
      for (const tap of taps) {
        const offset = Math.abs((y - horizon) * 0.99 + bend + tap * blur)
        const row = clamp(horizon - 1 - Math.round(offset), 0, horizon - 1)
        const i = (row * width + sideways) * 3
        r += rgb[i]!
        g += rgb[i + 1]!
        b += rgb[i + 2]!
      }
      const turned = clamp(mirror - slope * (0.1 + 0.4 * down), 0.3, 0.98)
      const aside = (x / height - path.x) / (0.035 + 0.1 * down)
      const glint = Math.exp(-aside * aside) * clamp(0.16 + slope * 1.5 + spread * 0.4) ** 3 * (1 - 0.7 * down)
      const i = (y * width + x) * 3
      rgb[i] = mix(deep[0], r / taps.length, turned) + path.light[0] * glint
      rgb[i + 1] = mix(deep[1], g / taps.length, turned) + path.light[1] * glint
      rgb[i + 2] = mix(deep[2], b / taps.length, turned) + path.light[2] * glint
    }
  }
}
