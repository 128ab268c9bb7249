import { type Colour, gradient, mix, smoothstep } from './canvas.ts'
import { fbm } from './noise.ts'

export interface Sky {
  /** Colours from the top of the picture (0) down to the horizon (1). */
  stops: readonly (readonly [number, Colour])[]
  /** Sun or moon; places and sizes in picture heights. */
  sun: { x: number; y: number; size: number; light: Colour; glow: Colour }
  clouds: { lit: Colour; shade: Colour; cover: number }
}

/** The colour of the sky at a place (in picture heights). */
export function skyPainter({ stops, sun, clouds }: Sky, horizon: number): (x: number, y: number) => Colour {
  const background = gradient(stops)
  return (x, y) => {
    const height = y / horizon
    const base = background(height)
    const dx = x - sun.x
    const dy = y - sun.y
    const away = Math.sqrt(dx * dx + dy * dy)
    // Wide glow along the horizon, a closer one around the disc.
    const glow = 0.34 * Math.exp(-Math.sqrt(dx * dx * 0.5 + dy * dy * 3) * 4) + 0.62 * Math.exp(-away * 13)

    // Clouds lie in long banks; those nearer to the horizon are seen flatter.
    const flat = 5 + 9 * height * height
    const bend = fbm(x * 1.1, y * 3, 3, 5) * 0.5
    const thick = fbm(x * 1.5 + bend + 3.1, y * flat + bend * 1.6, 6, 9) + 0.25 * fbm(x * 0.7, y * 2.2, 2, 31)
    const band = smoothstep(-0.1, 0.3, height) * (1 - 0.75 * smoothstep(0.7, 1, height))
    const cloud = smoothstep(0.34 - clouds.cover, 0.75 - clouds.cover * 0.6, thick) * band
    // Lit from below: the underside, where the cloud thins out downwards, takes the sun's colour.
    const under = fbm(x * 1.5 + bend + 3.1, (y + 0.011) * flat + bend * 1.6, 4, 9)
    const lit = Math.min(1, Math.max(0, (thick - under) * 1.6 + 0.28)) * (0.35 + 0.85 * Math.exp(-away * 1.6))
    const disc = smoothstep(sun.size * 1.07, sun.size * 0.8, away) * (1 - cloud * 0.7)

    const part = (i: 0 | 1 | 2) => {
      const shaded = mix(base[i], clouds.shade[i], 0.62)
      const clouded = mix(base[i], mix(shaded, clouds.lit[i], Math.min(1, lit)), cloud * 0.85)
      return clouded + sun.glow[i] * glow + sun.light[i] * disc
    }
    return [part(0), part(1), part(2)]
  }
}
