import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { isAnimated } from './animation.ts'
import { headerDimensions } from './dimensions.ts'
import { type PictureFormat, sniffFormat } from './sniff.ts'

const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 200, g: 30, b: 40, alpha: 0.5 } } })

const encode = {
  png: (width: number, height: number) => blank(width, height).png().toBuffer(),
  jpeg: (width: number, height: number) => blank(width, height).jpeg().toBuffer(),
  webp: (width: number, height: number) => blank(width, height).webp().toBuffer(),
  gif: (width: number, height: number) => blank(width, height).gif().toBuffer(),
  avif: (width: number, height: number) => blank(width, height).avif().toBuffer(),
}
const formats = Object.keys(encode) as (keyof typeof encode)[]

/** Two pages that differ, stacked as sharp wants them. */
const animation = async (format: 'gif' | 'webp') => {
  const frames = await Promise.all(
    ['red', 'blue'].map(background =>
      sharp({ create: { width: 20, height: 20, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  )
  return sharp(frames, { join: { animated: true } })
    [format]({ delay: [100, 100] })
    .toBuffer()
}

const text = (value: string) => new TextEncoder().encode(value)

describe('the format', () => {
  test.each(formats)('%s is known by its bytes', async format => {
    expect(sniffFormat(await encode[format](20, 30))).toBe(format)
  })

  test.each([
    ['a bare root', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    [
      'a byte order mark, a declaration and comments',
      '\uFEFF<?xml version="1.0"?>\n<!-- made -->\n<!-- by hand --><svg>',
    ],
    [
      'a doctype with its own entities',
      '<!DOCTYPE svg PUBLIC "-//W3C" "x" [ <!ENTITY ns "http://a"> ]>\n<svg viewBox="0 0 1 1">',
    ],
  ])('SVG with %s', (_, source) => {
    expect(sniffFormat(text(source))).toBe('svg')
  })

  test.each([
    ['a sign-in page', '<!doctype html><html><body>Sign in<svg></svg>'],
    ['a script', 'GIF89'],
    ['nothing', ''],
    ['JSON', '{"error":"forbidden"}'],
  ])('%s is no picture', (_, source) => {
    expect(sniffFormat(text(source))).toBeNull()
  })
})

describe('the size in the header', () => {
  test.each(formats.filter(format => format !== 'avif'))('of %s is read without decoding', async format => {
    expect(headerDimensions(await encode[format](301, 47), format)).toEqual({ width: 301, height: 47 })
  })

  test('of lossless, lossy and extended WebP', async () => {
    for (const options of [{ lossless: true }, { quality: 60 }]) {
      const opaque = sharp({ create: { width: 640, height: 90, channels: 3, background: 'teal' } })
      const bytes = await opaque.webp(options).toBuffer()
      expect(headerDimensions(bytes, 'webp')).toEqual({ width: 640, height: 90 })
    }
    const extended = await blank(640, 90)
      .withExif({ IFD0: { Copyright: 'x' } })
      .webp()
      .toBuffer()
    expect(headerDimensions(extended, 'webp')).toEqual({ width: 640, height: 90 })
  })

  test('of a JPEG behind a long EXIF part', async () => {
    const bytes = await blank(123, 45)
      .withExif({ IFD0: { ImageDescription: 'd'.repeat(9000) } })
      .jpeg()
      .toBuffer()
    expect(headerDimensions(bytes, 'jpeg')).toEqual({ width: 123, height: 45 })
  })

  test.each(['png', 'jpeg', 'webp', 'gif', 'bmp'] satisfies PictureFormat[])('of a cut-off %s is unknown', format => {
    expect(headerDimensions(new Uint8Array(8), format)).toBeNull()
  })
})

describe('movement', () => {
  test.each(['gif', 'webp'] as const)('is seen in an animated %s', async format => {
    expect(isAnimated(await animation(format), format)).toBe(true)
  })

  test.each(formats)('is not seen in a still %s', async format => {
    expect(isAnimated(await encode[format](20, 20), format)).toBe(false)
  })

  test('is announced by an animated PNG before its first data', async () => {
    const still = await encode.png(20, 20)
    const control = Buffer.alloc(20)
    control.writeUInt32BE(8, 0)
    control.write('acTL', 4)
    const header = 8 + 25
    const moving = Buffer.concat([still.subarray(0, header), control, still.subarray(header)])
    expect(isAnimated(moving, 'png')).toBe(true)
  })
})
