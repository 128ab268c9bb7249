import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { decodePicture } from './decode.ts'
import { alphaOf, type Encode, encodeDrawn } from './encoding.ts'
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

  test('keeps its shape and stays within the limit, whatever the shape', () => {
    const side = fc.integer({ min: minSide, max: 20_000 })
    fc.assert(
      fc.property(side, side, fc.integer({ min: 256, max: 4096 }), (width, height, maxSide) => {
        const fitted = fitWithin({ width, height }, maxSide)
        expect(Math.max(fitted.width, fitted.height)).toBe(Math.min(maxSide, Math.max(width, height)))
        // Half a pixel is what rounding may move a side by.
        const scale = Math.max(fitted.width, fitted.height) / Math.max(width, height)
        for (const [is, was] of [
          [fitted.width, width],
          [fitted.height, height],
        ] as const)
          expect(Math.abs(is - Math.max(1, was * scale))).toBeLessThanOrEqual(0.5)
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
})

describe('encoding', () => {
  /** Encodes to as many bytes as the test says for each type. */
  const encoder =
    (sizes: Record<string, number>): Encode =>
    async type =>
      new Blob([new Uint8Array(sizes[type] ?? 0)], { type })
  const large = { pixels: 4_000_000, maxBytes: 10_000_000 }

  test('keeps alpha: PNG, or WebP where PNG would be too large', async () => {
    const drawn = { ...large, format: 'png', hasAlpha: true } as const
    expect((await encodeDrawn(drawn, encoder({ 'image/png': 9_000_000 }))).type).toBe('image/png')
    const tooLarge = encoder({ 'image/png': 11_000_000, 'image/webp': 900_000 })
    expect((await encodeDrawn(drawn, tooLarge)).type).toBe('image/webp')
  })

  test('keeps the edges of drawings and makes photographs small', async () => {
    const encode = encoder({ 'image/png': 200_000, 'image/jpeg': 90_000 })
    expect((await encodeDrawn({ ...large, format: 'svg', hasAlpha: false }, encode)).type).toBe('image/png')
    expect((await encodeDrawn({ ...large, format: 'jpeg', hasAlpha: false }, encode)).type).toBe('image/jpeg')
    expect((await encodeDrawn({ ...large, format: null, hasAlpha: false }, encode)).type).toBe('image/jpeg')
    const photograph = encoder({ 'image/png': 6_000_000, 'image/jpeg': 700_000 })
    expect((await encodeDrawn({ ...large, format: 'png', hasAlpha: false }, photograph)).type).toBe('image/jpeg')
  })

  test('keeps the colours of a small picture, also of a photograph', async () => {
    const encode = encoder({ 'image/png': 1_400_000, 'image/jpeg': 200_000 })
    const small = { format: 'jpeg', hasAlpha: false, pixels: 1_000_000, maxBytes: 10_000_000 } as const
    expect((await encodeDrawn(small, encode)).type).toBe('image/png')
    expect((await encodeDrawn({ ...small, pixels: 1_000_001 }, encode)).type).toBe('image/jpeg')
  })

  test('one pixel that lets something through is enough, and one that does not is a picture', () => {
    const rgba = new Uint8ClampedArray(400).fill(255)
    expect(alphaOf(rgba)).toBe('none')
    rgba[203] = 254
    expect(alphaOf(rgba)).toBe('some')
    rgba.fill(0)
    expect(alphaOf(rgba)).toBe('empty')
    rgba[399] = 1
    expect(alphaOf(rgba)).toBe('some')
  })
})
