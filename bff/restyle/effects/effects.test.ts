import { describe, expect, test } from 'vitest'
import type { Bitmap } from '../imaging/bitmap.ts'
import { toRgb } from '../imaging/oklab.ts'
import type { EffectName } from '../prompt/vocabulary.ts'
import { evening, flat, paintBitmap } from '../test/pictures.ts'
import { effects } from './index.ts'

const width = 320
const height = 200
const quiet = () => {}
const plain = { seed: 7, warmth: 0, bold: 0, mono: false, tint: { a: 0, b: 0 } }
const names = Object.keys(effects) as EffectName[]

const treat = (name: EffectName, params: Partial<typeof plain> = {}) =>
  effects[name](paintBitmap(width, height, evening), { ...plain, ...params }, quiet)

/** Made once, read by many tests. */
const usual = new Map(names.map(name => [name, treat(name)] as const))
const usually = (name: EffectName) => usual.get(name)!

const rgbOf = (bitmap: Bitmap) => toRgb(bitmap, quiet)
const difference = (one: Bitmap, two: Bitmap) => {
  const [a, b] = [rgbOf(one), rgbOf(two)]
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length
}

/** How many pixels each colour has, most frequent first. */
function colours(bitmap: Bitmap): [number, number][] {
  const rgb = rgbOf(bitmap)
  const counts = new Map<number, number>()
  for (let i = 0; i < rgb.length; i += 3) {
    const colour = (rgb[i]! << 16) | (rgb[i + 1]! << 8) | rgb[i + 2]!
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  return [...counts].sort((one, two) => two[1] - one[1])
}

const chromaOf = ({ a, b }: Bitmap) => a.reduce((sum, value, i) => sum + Math.hypot(value, b[i]!), 0) / a.length
const shareOf = (plane: Float32Array, holds: (value: number) => boolean) =>
  plane.reduce((sum, value) => sum + (holds(value) ? 1 : 0), 0) / plane.length

describe.each(names)('%s', name => {
  test('is the same for the same seed, another picture for another', () => {
    expect(difference(usually(name), treat(name))).toBe(0)
    expect(difference(usually(name), treat(name, { seed: 8 }))).toBeGreaterThan(name === 'line' ? 0.15 : 1)
  })

  test('changes the picture, keeps its size and stays within what can be shown', () => {
    const made = usually(name)
    expect([made.width, made.height, made.l.length]).toEqual([width, height, width * height])
    expect(difference(made, paintBitmap(width, height, evening))).toBeGreaterThan(4)
    for (const plane of [made.l, made.a, made.b]) expect(plane.every(value => value > -0.5 && value < 1.5)).toBe(true)
  })

  test('bold and soft are two pictures', () => {
    expect(difference(treat(name, { bold: 1 }), treat(name, { bold: -1 }))).toBeGreaterThan(name === 'line' ? 0.4 : 1.5)
  })

  test('survives pictures that are thin, tiny or of one tone', () => {
    for (const [w, h] of [
      [1, 60],
      [60, 1],
      [16, 16],
      [5, 3],
    ] as const) {
      const made = effects[name](flat(w, h, 0.4), plain, quiet)
      expect([made.width, made.height]).toEqual([w, h])
      for (const plane of [made.l, made.a, made.b]) expect(plane.every(Number.isFinite)).toBe(true)
    }
    for (const tone of [0, 1]) {
      const made = effects[name](flat(64, 48, tone), plain, quiet)
      expect(made.l.every(Number.isFinite)).toBe(true)
    }
  })

  test('reports its progress evenly enough and never backwards', () => {
    const seen: number[] = []
    effects[name](paintBitmap(width, height, evening), plain, done => seen.push(done))
    expect(seen).toEqual([...seen].sort((one, two) => one - two))
    expect(seen.length).toBeGreaterThanOrEqual(6)
    expect(Math.max(...seen)).toBeLessThanOrEqual(1)
    const gaps = seen.map((value, k) => value - (seen[k - 1] ?? 0))
    expect(Math.max(...gaps)).toBeLessThan(0.55)
  })
})

describe('what makes each one itself', () => {
  test('any two of them differ', () => {
    const made = names.map(usually)
    for (let i = 0; i < made.length; i++)
      for (let j = 0; j < i; j++) expect(difference(made[i]!, made[j]!)).toBeGreaterThan(6)
  })

  test('noir has no colour, deep shadows and bright lights', () => {
    const made = usually('noir')
    expect(chromaOf(made)).toBe(0)
    expect(shareOf(made.l, l => l < 0.2)).toBeGreaterThan(0.05)
    expect(shareOf(made.l, l => l > 0.7)).toBeGreaterThan(0.05)
  })

  test('noir takes the tint of its palette', () => {
    const made = treat('noir', { tint: { a: 0, b: 0.5 } })
    expect(chromaOf(made)).toBeGreaterThan(0.005)
  })

  test('poster: nine in ten pixels have one of at most ten colours, in areas without specks', () => {
    const made = usually('poster')
    const inks = colours(made)
    expect(inks.slice(0, 10).reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(width * height * 0.88)
    let changes = 0
    for (let i = 1; i < made.l.length; i++) if (made.l[i] !== made.l[i - 1]) changes++
    expect(changes).toBeLessThan(made.l.length * 0.16)
  })

  test('pixel: square blocks of one colour, few colours in all', () => {
    const made = usually('pixel')
    const size = Math.round(width / 144)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const corner = Math.floor(y / size) * size * width + Math.floor(x / size) * size
        if (made.l[y * width + x] !== made.l[corner]) throw new Error(`Block broken at ${x}, ${y}`)
      }
    expect(colours(made).length).toBeLessThanOrEqual(33)
    expect(colours(made).length).toBeGreaterThan(6)
  })

  test('halftone in one ink: paper or ink, hardly anything between, and as dark as the picture on the whole', () => {
    const coverage = [0.35, 0.6, 0.85].map(tone => {
      const made = effects.halftone(flat(1024, 256, tone), { ...plain, mono: true }, quiet)
      const ink = shareOf(made.l, l => l < 0.4)
      const paper = shareOf(made.l, l => l > 0.85)
      expect(ink + paper).toBeGreaterThan(0.7)
      return ink
    })
    expect(coverage[0]).toBeGreaterThan(coverage[1]! + 0.1)
    expect(coverage[1]).toBeGreaterThan(coverage[2]! + 0.1)
  })

  test('halftone dots repeat at the pitch of their screen', () => {
    const { l } = effects.halftone(flat(512, 512, 0.75), { ...plain, mono: true }, quiet)
    const mean = l.reduce((sum, value) => sum + value, 0) / l.length
    const power = l.reduce((sum, value) => sum + (value - mean) ** 2, 0) / l.length
    // A flat tone printed in dots varies strongly from pixel to pixel; a flat tone does not.
    expect(Math.sqrt(power)).toBeGreaterThan(0.12)
  })

  test('ink: no colour to speak of, mostly paper or black, washes between', () => {
    const made = usually('ink')
    expect(chromaOf(made)).toBeLessThan(0.03)
    expect(shareOf(made.l, l => l > 0.85)).toBeGreaterThan(0.2)
    expect(shareOf(made.l, l => l < 0.5)).toBeGreaterThan(0.02)
    expect(shareOf(made.l, l => l > 0.5 && l < 0.85)).toBeGreaterThan(0.05)
  })

  test('line: nearly all paper, and lines where the edges are', () => {
    const made = usually('line')
    expect(shareOf(made.l, l => l > 0.95)).toBeGreaterThan(0.6)
    const edge = paintBitmap(width, height, u => (u < 0.5 ? [40, 40, 40] : [220, 220, 220]))
    const drawn = effects.line(edge, plain, quiet)
    const column = (from: number, to: number) => {
      let dark = 0
      for (let y = 20; y < height - 20; y++) for (let x = from; x < to; x++) if (drawn.l[y * width + x]! < 0.6) dark++
      return dark / (height - 40) / (to - from)
    }
    expect(column(width / 2 - 4, width / 2 + 4)).toBeGreaterThan(0.1)
    expect(column(20, width / 2 - 12)).toBe(0)
    expect(column(width / 2 + 12, width - 20)).toBe(0)
  })

  test('pencil: darker tones get more graphite', () => {
    const [dark = 0, middle = 0, light = 0] = [0.3, 0.6, 0.9].map(tone => {
      const picture = paintBitmap(width, height, u =>
        u < 0.5 ? [tone * 255, tone * 255, tone * 255] : evening(u, 0.8),
      )
      const made = effects.pencil(picture, plain, quiet)
      let sum = 0
      for (let y = 40; y < height - 40; y++) for (let x = 30; x < width / 2 - 30; x++) sum += made.l[y * width + x]!
      return sum
    })
    expect(dark).toBeLessThan(middle)
    expect(middle).toBeLessThan(light)
  })

  test('watercolour: a white rim around the painted sheet, no deep blacks', () => {
    const made = usually('watercolour')
    const rim = made.l.filter((_, i) => Math.floor(i / width) < 2)
    expect(shareOf(rim, l => l > 0.93)).toBeGreaterThan(0.8)
    expect(shareOf(made.l, l => l < 0.15)).toBeLessThan(0.02)
    expect(chromaOf(made)).toBeGreaterThan(0.03)
  })

  test('paint: keeps the colours on the whole but not pixel by pixel', () => {
    const plainPicture = paintBitmap(width, height, evening)
    const made = usually('paint')
    const mean = (plane: Float32Array) => plane.reduce((sum, value) => sum + value, 0) / plane.length
    for (const plane of ['l', 'a', 'b'] as const) expect(mean(made[plane])).toBeCloseTo(mean(plainPicture[plane]), 1)
  })
})
