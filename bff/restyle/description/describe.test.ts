import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../imaging/noise.ts'
import { evening, type PaintedPicture, paintedPicture, weave } from '../test/pictures.ts'
import { describePicture, type Measured } from './describe.ts'

type Colour = readonly [red: number, green: number, blue: number]
type Painter = NonNullable<PaintedPicture['painter']>

const quietly = () => {}
const describedAs = async (painter: Painter, size: PaintedPicture = {}) =>
  describePicture(await paintedPicture({ width: 200, height: 150, painter, ...size }), quietly)
const english = async (painter: Painter, size?: PaintedPicture) => (await describedAs(painter, size)).en

const plain =
  (colour: Colour): Painter =>
  () =>
    colour
const between = (one: Colour, two: Colour, t: number): Colour => [
  one[0] + (two[0] - one[0]) * t,
  one[1] + (two[1] - one[1]) * t,
  one[2] + (two[2] - one[2]) * t,
]
/** A spot of one colour on another, its edge this soft. */
const spot =
  (x: number, y: number, colour: Colour, ground: Colour, edge = 0.01): Painter =>
  (u, v) =>
    between(colour, ground, Math.min(1, Math.max(0, (Math.hypot(u - x, v - y) - 0.12) / edge)))

const white: Colour = [250, 250, 250]
const black: Colour = [8, 8, 10]
const navy: Colour = [23, 42, 86]
const amber: Colour = [221, 156, 32]

test('what it measures is told in both languages', async () => {
  const { en, ja } = await describedAs(evening)
  for (const told of [en, ja]) {
    expect(Object.keys(told).sort()).toEqual(['colour', 'composition', 'lens', 'light', 'style'])
    expect(Object.values(told)).not.toContain('')
  }
  for (const text of Object.values(ja)) expect(text).not.toMatch(/[a-z]{2}/i)
})

test('the same picture gives the same words; progress goes from nothing to all', async () => {
  const picture = await paintedPicture()
  const seen: number[] = []
  const first = await describePicture(picture, done => void seen.push(done))
  expect(await describePicture(picture, quietly)).toEqual(first)
  expect(seen).toEqual([...seen].sort((one, two) => one - two))
  expect(seen.at(-1)).toBe(1)
})

test('being stopped ends it', async () => {
  const stop = () => {
    throw new Error('stopped')
  }
  await expect(describePicture(await paintedPicture(), stop)).rejects.toThrow('stopped')
})

describe('colour', () => {
  test.each<[string, Painter, string, string]>([
    ['one colour', plain([200, 32, 43]), 'red, vivid colours, warm palette', '赤、鮮やかな色、暖色系'],
    ['no colour', plain([127, 127, 128]), 'black and white, grey', 'モノクロ、グレー'],
    ['an accent', spot(0.7, 0.3, amber, navy), 'navy blue with accents of amber', '紺色に琥珀色のアクセント'],
    ['two halves', u => (u < 0.5 ? [39, 97, 197] : [234, 122, 28]), 'warm against cool colours', '暖色と寒色の対比'],
    [
      'a cool weave',
      plain([187, 221, 239]),
      'pale blue, muted colours, cool palette',
      '水色、落ち着いた色合い、寒色系',
    ],
  ])('%s', async (_, painter, en, ja) => {
    const reading = await describedAs(painter)
    expect(reading.en.colour).toContain(en)
    expect(reading.ja.colour).toContain(ja)
  })

  test('colours are named as people do', async () => {
    const named = async (colour: Colour) => (await english(plain(colour))).colour.split(', ').at(0)
    const table: [Colour, string][] = [
      [[255, 255, 255], 'black and white'],
      [[0, 128, 0], 'green'],
      [[255, 192, 203], 'pale pink'],
      [[255, 160, 190], 'pink'],
      [[128, 0, 128], 'violet'],
      [[210, 190, 150], 'beige'],
      [[20, 36, 84], 'navy blue'],
      [[255, 255, 0], 'yellow'],
      [[101, 67, 33], 'brown'],
      [[64, 224, 208], 'turquoise'],
    ]
    for (const [colour, name] of table) expect([colour, await named(colour)]).toEqual([colour, name])
  })
})

describe('light', () => {
  const from = (x: number, y: number): Painter => {
    const at = (u: number, v: number) => 0.5 + (u - 0.5) * x + (v - 0.5) * y
    return (u, v) => between([40, 40, 42], [220, 220, 222], at(u, v))
  }

  test.each<[string, Painter, string, string]>([
    ['a dark picture', spot(0.5, 0.5, [90, 90, 95], black, 0.3), 'low-key, mostly dark tones', 'ローキー'],
    [
      'a light picture',
      spot(0.5, 0.5, [225, 225, 225], white, 0.3),
      'high-key, mostly light tones, low contrast',
      'ハイキー',
    ],
    ['black on white', u => ((u * 10) % 2 < 1 ? black : white), 'strong contrast', '強いコントラスト'],
    ['from the left', from(-1, 0), 'brightest on the left', '左が最も明るい'],
    ['from above', from(0, -1), 'brightest at the top', '上が最も明るい'],
    ['from the lower right', from(0.6, 0.6), 'brightest at the lower right', '右下が最も明るい'],
    ['a lit middle', spot(0.5, 0.5, white, [60, 60, 66], 0.4), 'bright middle, darker edges', '中央が明るく'],
    [
      'against the light',
      spot(0.5, 0.5, [40, 40, 40], [230, 230, 235], 0.4),
      'dark middle against bright',
      '明るい背景',
    ],
    ['the same everywhere', plain([128, 128, 130]), 'even light', '均一な光'],
    ['an evening lamp', spot(0.5, 0.5, [255, 214, 140], [50, 44, 40], 0.3), 'warm highlights', '暖かいハイライト'],
    ['a winter sky', v => between([120, 170, 230], [30, 40, 60], v), 'cool highlights', '冷たいハイライト'],
  ])('%s', async (_, painter, en, ja) => {
    const reading = await describedAs(painter)
    expect(reading.en.light).toContain(en)
    expect(reading.ja.light).toContain(ja)
  })
})

describe('composition', () => {
  test.each([
    [1000, 300, 'panoramic format', 'パノラマ'],
    [400, 300, 'horizontal format', '横長'],
    [300, 300, 'square format', '正方形'],
    [300, 400, 'vertical format', '縦長'],
  ])('the shape of %i x %i', async (width, height, en, ja) => {
    const reading = await describedAs(weave, { width, height })
    expect(reading.en.composition).toMatch(new RegExp(`^${en}`))
    expect(reading.ja.composition).toContain(ja)
  })

  test.each<[string, Painter, string, string]>([
    [
      'one thing at the lower left',
      spot(0.2, 0.8, amber, navy),
      'one clear focus at the lower left',
      '左下に明確な焦点',
    ],
    [
      'room on the right',
      (u, v) => (u < 0.4 ? weave(u * 2, v) : navy),
      'much empty space on the right',
      '右に広い余白',
    ],
    ['a pattern', weave, 'elements spread over the whole frame', '画面全体に広がる'],
    ['a pattern to the edges', weave, 'detail up to the edges', '隅々まで'],
    [
      'mirror images',
      u => between(black, white, Math.abs(Math.sin(u * Math.PI * 3))),
      'left and right mirror',
      '左右対称',
    ],
    [
      'a reflection',
      (u, v) => between(black, white, Math.abs(v - 0.5) * (0.4 + u)),
      'top and bottom mirror',
      '上下対称',
    ],
  ])('%s', async (_, painter, en, ja) => {
    const reading = await describedAs(painter)
    expect(reading.en.composition).toContain(en)
    expect(reading.ja.composition).toContain(ja)
  })
})

describe('texture and sharpness', () => {
  /** Leaves, more or less: overlapping shapes with edges and veins everywhere. */
  const busy: Painter = (u, v) => {
    const vein = Math.sign(Math.sin(u * 150 + Math.sin(v * 31) * 3) * Math.sin(v * 120 + Math.sin(u * 23) * 3))
    const shape = Math.sin(u * 19 + Math.sin(v * 11) * 2) + Math.sin(v * 17) > 0 ? 160 : 70
    return [shape + vein * 30, shape * 0.8 + vein * 20, 60]
  }
  const full = { width: 512, height: 384 }
  const source = () => paintedPicture({ ...full, painter: busy })
  const partsOf = async (picture: Sharp): Promise<Measured> => {
    const { data, info } = await picture.png().toBuffer({ resolveWithObject: true })
    const { width, height } = info
    const given = { bytes: data, width, height }
    return (await describePicture(given, quietly)).en
  }

  test('sharp, and blurred', async () => {
    const { bytes } = await source()
    expect((await partsOf(sharp(bytes))).lens).toBe('sharp throughout')
    expect((await partsOf(sharp(bytes).blur(3))).lens).toBe('soft focus')
  })

  test('sharp in one place only', async () => {
    const { bytes } = await source()
    const piece = await sharp(bytes).extract({ left: 40, top: 30, width: 140, height: 120 }).png().toBuffer()
    const mixed = sharp(await sharp(bytes).blur(4).png().toBuffer()).composite([{ input: piece, left: 40, top: 30 }])
    expect((await partsOf(mixed)).lens).toBe('in focus at the upper left, blurred elsewhere, shallow depth of field')
  })

  test('grain is told from a pattern, and hides how sharp it is', async () => {
    const random = createRandom(7)
    const grainy: Painter = (u, v) => {
      const grain = (random() - 0.5) * 40
      const [r, g, b] = evening(u, v)
      return [r + grain, g + grain, b + grain]
    }
    expect(await english(grainy, full)).toMatchObject({ style: 'visible grain', lens: '' })
    expect((await english(busy, full)).style).toBe('rich surface texture')
  })

  test('flat areas are told from smooth ones', async () => {
    const poster: Painter = (u, v) => (Math.hypot(u - 0.5, v - 0.5) < 0.3 ? [200, 32, 43] : v > 0.7 ? navy : white)
    expect((await english(poster, full)).style).toBe('flat areas of colour with clean edges')
    const sky: Painter = (u, v) => between([90, 130, 200], [240, 220, 200], v + Math.sin(u * 5) * 0.1)
    expect((await english(sky, full)).style).toBe('smooth gradations')
  })
})

test.each([
  [16, 16],
  [16, 3000],
  [3000, 16],
  [1, 1],
])('a picture of %i x %i pixels is described in a few words', async (width, height) => {
  for (const painter of [evening, plain(black), plain(white)])
    for (const told of Object.values(await describedAs(painter, { width, height })))
      for (const text of Object.values(told)) expect(text.length).toBeLessThanOrEqual(300)
})
