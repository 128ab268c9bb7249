/** The outlines and veins of three kinds of leaves. The stalk starts at the origin and hangs down (v > 0). */
import { type Colour, colour } from './canvas.ts'
import { hash } from './noise.ts'

export interface Leaf {
  /** Above 0 inside the outline, about the distance to it. */
  inside(u: number, v: number): number
  /** 1 on a vein, 0 between. */
  vein(u: number, v: number): number
  colours(id: number): readonly [Colour, Colour]
}

const choose = (palette: readonly (readonly [string, string])[]) => {
  const pairs = palette.map(([a, b]) => [colour(a), colour(b)] as const)
  return (id: number) => pairs[Math.floor(hash(id, 7, 19) * pairs.length)]!
}

const line = (away: number, width: number) => Math.max(0, 1 - Math.abs(away) / width)
const stalk = (u: number, v: number, from: number, to: number) =>
  v < from || v > to ? -1 : 0.022 - Math.abs(u - 0.12 * (v - from) ** 2)

const lobes = [0, 0.82, -0.82, 1.62, -1.62, 2.35, -2.35].map((angle, i) => ({
  angle,
  long: [1.05, 0.96, 0.96, 0.7, 0.7, 0.4, 0.4][i]!,
}))

const maple: Leaf = {
  inside(u, v) {
    // The middle of the lobes is a little above the origin.
    const y = v - 0.3
    const radius = Math.sqrt(u * u + y * y)
    const angle = Math.atan2(u, -y)
    let outline = 0
    for (const lobe of lobes) {
      const away = Math.abs(angle - lobe.angle)
      const teeth = 0.05 * Math.abs(((away * 9) % 1) - 0.5)
      outline = Math.max(outline, lobe.long * (0.3 + 0.7 * Math.max(0, 1 - away / 0.48)) + teeth * lobe.long - 0.02)
    }
    return Math.max((outline - radius) * 0.6, stalk(u, v, 0.3, 1.05))
  },
  vein(u, v) {
    const y = v - 0.3
    let strength = 0
    for (const { angle, long } of lobes) {
      const along = u * Math.sin(angle) - y * Math.cos(angle)
      const across = u * Math.cos(angle) + y * Math.sin(angle)
      if (along < 0 || along > long) continue
      strength = Math.max(strength, line(across, 0.022 * (1.2 - along / long)))
      const side = (along - Math.abs(across) * 1.1) * 8
      if (Math.abs(across) < 0.2) strength = Math.max(strength, 0.45 * line((side - Math.round(side)) / 8, 0.012))
    }
    return strength
  },
  colours: choose([
    ['#c8321e', '#7c1218'],
    ['#e0672a', '#a82a1a'],
    ['#d94a2c', '#e5902f'],
  ]),
}

const ginkgo: Leaf = {
  inside(u, v) {
    const y = v - 0.75
    const radius = Math.sqrt(u * u + y * y)
    const angle = Math.atan2(u, -y)
    const notch = 0.42 * Math.exp(-((angle / 0.07) ** 2))
    const rim = 1.28 - notch + 0.03 * Math.sin(angle * 11) + 0.015 * Math.sin(angle * 29) - 0.12 * angle * angle
    const fan = Math.min(rim - radius, (0.95 + 0.2 * radius * radius - Math.abs(angle)) * radius * 0.8)
    return Math.max(fan * 0.8, stalk(u, v, 0.75, 1.15))
  },
  vein(u, v) {
    const angle = Math.atan2(u, -(v - 0.75))
    return 0.55 * (0.5 + 0.5 * Math.cos(angle * 74)) ** 3
  },
  colours: choose([
    ['#f0c330', '#d99a1c'],
    ['#e8cf58', '#b9a028'],
  ]),
}

const beech: Leaf = {
  inside(u, v) {
    const along = (1 - v) / 1.9
    if (along < 0 || along > 1) return stalk(u, v, -0.9, -0.9)
    const teeth = 0.012 * Math.abs(((along * 13) % 1) - 0.5)
    const half = 0.52 * Math.sin(Math.PI * along ** 0.85) ** 0.85 * (1 - 0.25 * along) + teeth
    return (half - Math.abs(u)) * 0.85
  },
  vein(u, v) {
    const side = (v + Math.abs(u) * 0.75) * 6.5
    return Math.max(line(u, 0.02), 0.6 * line((side - Math.round(side)) / 6.5, 0.013))
  },
  colours: choose([
    ['#b5622a', '#6e3218'],
    ['#d08a3a', '#8f4a1e'],
    ['#9c2f22', '#5c1a16'],
  ]),
}

export const leafKinds: readonly Leaf[] = [maple, ginkgo, maple, beech]
