/** Red, green, blue, each 0 to 1, as a screen shows them. */
export type Colour = readonly [number, number, number]

export const clamp = (value: number, low = 0, high = 1) => Math.min(high, Math.max(low, value))

export const mix = (a: number, b: number, t: number) => a + (b - a) * t

export function smoothstep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from))
  return t * t * (3 - 2 * t)
}

export function blend(a: Colour, b: Colour, t: number): Colour {
  const part = clamp(t)
  return [mix(a[0], b[0], part), mix(a[1], b[1], part), mix(a[2], b[2], part)]
}

export const scale = (colour: Colour, by: number): Colour => [colour[0] * by, colour[1] * by, colour[2] * by]

/** Light on top of light; never brighter than white. */
export const glow = (a: Colour, b: Colour, amount: number): Colour => [
  1 - (1 - a[0]) * (1 - clamp(b[0] * amount)),
  1 - (1 - a[1]) * (1 - clamp(b[1] * amount)),
  1 - (1 - a[2]) * (1 - clamp(b[2] * amount)),
]

export function hex(code: string): Colour {
  const value = Number.parseInt(code.slice(1), 16)
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}

/** A colour between evenly or freely placed stops. */
export function gradient(stops: readonly (readonly [at: number, colour: Colour])[], at: number): Colour {
  let [before, colour] = stops[0]!
  for (const [next, nextColour] of stops) {
    if (at <= next) return next === before ? nextColour : blend(colour, nextColour, (at - before) / (next - before))
    before = next
    colour = nextColour
  }
  return colour
}
