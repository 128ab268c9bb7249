import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { decodePicture } from './decode.ts'
import { type Encode, encodeDrawn, hasTransparency } from './encoding.ts'
import { fitWithin, minSide, sizeFailure } from './fit.ts'

describe('size', () => {
  test('under 16 pixels or over 50 megapixels is refused before anything is sent', () => {
    expect(sizeFailure({ width: 15, height: 900 })).toBe('too_small')
    expect(sizeFailure({ width: 16, height: 16 })).toBeNull()
    expect(sizeFailure({ width: 10_000, height: 5_000 })).toBeNull()
    expect(sizeFailure({ width: 10_000, height: 5_001 })).toBe('too_many_pixels')
  })

  test('is scaled to the long side, never up', () => {
    expect(fitWithin({ width: 4000, height: 3000 }, 2048)).toEqual({ width: 2048, height: 1536 })
    expect(fitWithin({ width: 300, height: 200 }, 2048)).toEqual({ width: 300, height: 200 })
  })

  test('stays within the limit and thick enough for the backend, whatever the shape', () => {
    const side = fc.integer({ min: minSide, max: 20_000 })
    fc.assert(
      fc.property(side, side, fc.integer({ min: 256, max: 4096 }), (width, height, maxSide) => {
        const fitted = fitWithin({ width, height }, maxSide)
        expect(Math.max(fitted.width, fitted.height)).toBeLessThanOrEqual(Math.max(maxSide, minSide))
        expect(Math.min(fitted.width, fitted.height)).toBeGreaterThanOrEqual(minSide)
      }),
    )
  })
})

describe('decoding', () => {
  test('a picture of 256 megapixels in few bytes is refused by its header alone', async () => {
    const png = await sharp({ create: { width: 16, height: 16, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    png.writeUInt32BE(16_000, 16)
    png.writeUInt32BE(16_000, 20)
    await expect(decodePicture(new Blob([png]), null)).rejects.toMatchObject({ reason: 'too_many_pixels' })
  })

  test('what is no picture, or one that Chrome cannot open, says so [C105]', async () => {
    await expect(decodePicture(new Blob(['<html>']), null)).rejects.toMatchObject({ reason: 'not_a_picture' })
    const broken = new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])])
    await expect(decodePicture(broken, null)).rejects.toMatchObject({ reason: 'undecodable' })
  })
})

describe('encoding', () => {
  /** Encodes to as many bytes as the test says for each type. */
  const encoder =
    (sizes: Record<string, number>): Encode =>
    async type =>
      new Blob([new Uint8Array(sizes[type] ?? 0)], { type })
  const maxBytes = 10_000_000

  test('keeps alpha: PNG, or WebP where PNG would be too large', async () => {
    const drawn = { format: 'png', hasAlpha: true, maxBytes } as const
    expect((await encodeDrawn(drawn, encoder({ 'image/png': 9_000_000 }))).type).toBe('image/png')
    const large = encoder({ 'image/png': 11_000_000, 'image/webp': 900_000 })
    expect((await encodeDrawn(drawn, large)).type).toBe('image/webp')
  })

  test('keeps the edges of drawings and makes photographs small', async () => {
    const encode = encoder({ 'image/png': 200_000, 'image/jpeg': 90_000 })
    expect((await encodeDrawn({ format: 'svg', hasAlpha: false, maxBytes }, encode)).type).toBe('image/png')
    expect((await encodeDrawn({ format: 'jpeg', hasAlpha: false, maxBytes }, encode)).type).toBe('image/jpeg')
    const photograph = encoder({ 'image/png': 6_000_000, 'image/jpeg': 700_000 })
    expect((await encodeDrawn({ format: 'png', hasAlpha: false, maxBytes }, photograph)).type).toBe('image/jpeg')
  })

  test('one pixel that lets something through is enough', () => {
    const rgba = new Uint8ClampedArray(400).fill(255)
    expect(hasTransparency(rgba)).toBe(false)
    rgba[203] = 254
    expect(hasTransparency(rgba)).toBe(true)
  })
})
