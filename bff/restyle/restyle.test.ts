import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { RestyleOrder } from './order.ts'
import { restyle } from './restyle.ts'
import { difference, paintedPicture, weave } from './test/pictures.ts'

const subject = await paintedPicture()
const style = await paintedPicture({ painter: weave, role: 'style', width: 300, height: 300 })

const order = (change: Partial<RestyleOrder> = {}): RestyleOrder => ({
  prompt: 'watercolour',
  pictures: [subject],
  width: 256,
  height: 192,
  seed: 11,
  ...change,
})
const make = (change?: Partial<RestyleOrder>) => restyle(order(change), () => {})

describe('restyle', () => {
  test('the same order gives the same bytes', async () => {
    for (const prompt of ['', '油絵']) {
      const change = { prompt, pictures: [subject, style] }
      expect((await make(change)).equals(await make(change))).toBe(true)
    }
  })

  test('another seed, other words, a style picture: each a clearly different picture', async () => {
    const plain = await make()
    expect(await difference(plain, await make({ seed: 12 }))).toBeGreaterThan(3)
    expect(await difference(plain, await make({ prompt: 'poster' }))).toBeGreaterThan(8)
    expect(await difference(plain, await make({ prompt: 'dark watercolour' }))).toBeGreaterThan(3)
    expect(await difference(plain, await make({ prompt: 'sepia watercolour' }))).toBeGreaterThan(8)
    expect(await difference(plain, await make({ pictures: [subject, style] }))).toBeGreaterThan(8)
  })

  test('without words a picture is painted, in a mood that the seed chooses', async () => {
    const [one, two] = [await make({ prompt: '' }), await make({ prompt: '', seed: 99 })]
    expect(await difference(one, two)).toBeGreaterThan(3)
  })

  test('weight says how far the style goes', async () => {
    const at = (weight: number) => make({ prompt: '', pictures: [subject, { ...style, weight }] })
    const [none, half, full] = [await at(0), await at(40), await at(100)]
    const plain = await make({ prompt: '' })
    expect(await difference(half, full)).toBeGreaterThan(2)
    // A style of no weight is a lone picture.
    expect(none.equals(plain)).toBe(true)
  })

  test('roles give different things of the same picture', async () => {
    const made = await Promise.all(
      (['style', 'palette', 'light', 'composition'] as const).map(role =>
        make({ prompt: 'poster', pictures: [subject, { ...style, role }] }),
      ),
    )
    for (let i = 0; i < made.length; i++)
      for (let j = 0; j < i; j++) expect(await difference(made[i]!, made[j]!)).toBeGreaterThan(1)
  })

  test('the composition picture moves the subject to where its own weight is', async () => {
    const dot = (x: number) =>
      paintedPicture({
        painter: (u, v) => (Math.hypot(u - x, v - 0.5) < 0.1 ? [250, 240, 60] : [40, 50, 60]),
        role: 'composition',
      })
    const whiteBall = await paintedPicture({
      painter: (u, v) => (Math.hypot(u - 0.5, v - 0.5) < 0.12 ? [255, 255, 255] : [20, 20, 20]),
      width: 400,
      height: 400,
    })
    const centreOf = async (x: number) => {
      const png = await make({ prompt: 'poster', pictures: [whiteBall, await dot(x)], width: 200, height: 200 })
      const grey = await sharp(png).greyscale().raw().toBuffer()
      let sum = 0
      let count = 0
      grey.forEach((value, i) => {
        if (value < 200) return
        sum += i % 200
        count++
      })
      return sum / count
    }
    expect(await centreOf(0.8)).toBeGreaterThan((await centreOf(0.2)) + 15)
  })

  test.each([
    [512, 512],
    [512, 288],
    [384, 512],
    [288, 512],
    [1024, 576],
  ])('is exactly %i x %i, opaque and without metadata', async (width, height) => {
    const png = await make({ prompt: 'noir', width, height })
    const { exif, icc, xmp, ...facts } = await sharp(png).metadata()
    expect(facts).toMatchObject({ format: 'png', width, height, channels: 3, hasAlpha: false })
    expect([exif, icc, xmp]).toEqual([undefined, undefined, undefined])
  })

  test('2,048 pixels', async () => {
    const { width, height } = await sharp(await make({ prompt: 'pixel', width: 2048, height: 1152 })).metadata()
    expect([width, height]).toEqual([2048, 1152])
  })

  test('thin, tiny, grey and transparent pictures come through', async () => {
    const grey = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#777777' } })
      .greyscale()
      .png()
      .toBuffer()
    const clear = await sharp({ create: { width: 40, height: 40, channels: 4, background: '#ff000040' } })
      .png()
      .toBuffer()
    const odd = [
      await paintedPicture({ width: 1, height: 300 }),
      await paintedPicture({ width: 300, height: 1 }),
      await paintedPicture({ width: 16, height: 16 }),
      { ...subject, bytes: grey, width: 90, height: 60 },
      { ...subject, bytes: clear, width: 40, height: 40 },
    ]
    for (const source of odd)
      for (const pictures of [[source], [subject, { ...source, role: 'style' as const }]]) {
        const { width, height } = await sharp(await make({ prompt: '', pictures })).metadata()
        expect([width, height]).toEqual([256, 192])
      }
  })

  test('the subject is the picture with that role, wherever it stands', async () => {
    const one = await make({ pictures: [subject, style] })
    expect(one.equals(await make({ pictures: [style, subject] }))).toBe(true)
  })

  test('an order without a picture is refused', async () => {
    await expect(make({ pictures: [] })).rejects.toMatchObject({ code: 'no_picture' })
  })

  test('progress goes from nothing to all, in at least ten steps, never back', async () => {
    const seen: number[] = []
    await restyle(order({ pictures: [subject, style] }), done => seen.push(done))
    expect(seen).toEqual([...seen].sort((one, two) => one - two))
    expect(new Set(seen.map(done => Math.floor(done * 20))).size).toBeGreaterThanOrEqual(10)
    expect(seen.at(-1)).toBe(1)
  })
})
