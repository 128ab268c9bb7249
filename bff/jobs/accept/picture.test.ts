import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { ProblemError } from '../../contract/problems.ts'
import { checkPicture, maxPictureBytes } from './picture.ts'

/** A picture with something in every corner, so that turning and cutting show. */
function painted(width: number, height: number, channels: 3 | 4 = 3) {
  const data = Buffer.alloc(width * height * channels)
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i += channels) {
      data[i] = (x * 255) / width
      data[i + 1] = (y * 255) / height
      data[i + 2] = (x ^ y) & 64 ? 200 : 40
      if (channels === 4) data[i + 3] = x < width / 2 ? 255 : 90
    }
  return sharp(data, { raw: { width, height, channels } })
}

const check = (bytes: Buffer, maxSide = 1024) => checkPicture(bytes, { maxSide })
const codeOf = (bytes: Buffer, maxSide?: number) =>
  check(bytes, maxSide).then(
    () => null,
    error => (error instanceof ProblemError ? error.code : error),
  )

/** A PNG chunk; the checksum only has to be right where a decoder gets to see it. */
function chunk(type: string, data: Buffer, crc = 0) {
  const bytes = Buffer.alloc(12 + data.length)
  bytes.writeUInt32BE(data.length, 0)
  bytes.write(type, 4, 'latin1')
  data.copy(bytes, 8)
  bytes.writeUInt32BE(crc, 8 + data.length)
  return bytes
}

const pngMagic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

describe('checkPicture', () => {
  test.each(['png', 'jpeg', 'webp'] as const)('%s comes through with its size and content', async format => {
    const picture = await check(await painted(300, 200).toFormat(format, { quality: 100 }).toBuffer())
    expect(picture).toMatchObject({ width: 300, height: 200, mime: format === 'png' ? 'image/png' : 'image/jpeg' })
    const { data } = await sharp(picture.bytes).raw().toBuffer({ resolveWithObject: true })
    const expected = await painted(300, 200).raw().toBuffer()
    const difference = data.reduce((sum, value, i) => sum + Math.abs(value - expected[i]!), 0) / data.length
    expect(difference).toBeLessThan(4)
  })

  test('is scaled down to the long side the model uses, never up', async () => {
    const bytes = await painted(900, 600).jpeg().toBuffer()
    expect(await check(bytes, 450)).toMatchObject({ width: 450, height: 300 })
    expect(await check(bytes, 4000)).toMatchObject({ width: 900, height: 600 })
  })

  test('keeps transparency as PNG; a large opaque PNG becomes JPEG', async () => {
    const clear = await check(await painted(100, 100, 4).webp({ lossless: true }).toBuffer())
    expect(clear.mime).toBe('image/png')
    expect((await sharp(clear.bytes).metadata()).hasAlpha).toBe(true)
    expect((await check(await painted(1200, 1000).png().toBuffer())).mime).toBe('image/jpeg')
  })

  test('[C37] a picture of 256 megapixels in a small file is refused from its header', async () => {
    const side = 16_000
    const header = Buffer.alloc(13)
    header.writeUInt32BE(side, 0)
    header.writeUInt32BE(side, 4)
    header.set([8, 0, 0, 0, 0], 8)
    const ihdr = chunk('IHDR', header, crc32(Buffer.concat([Buffer.from('IHDR'), header])))
    const rows = deflateSync(Buffer.alloc((side + 1) * 200))
    const idat = chunk('IDAT', rows, crc32(Buffer.concat([Buffer.from('IDAT'), rows])))
    const bomb = Buffer.concat([pngMagic, ihdr, idat])
    const before = process.memoryUsage().rss
    expect(await codeOf(bomb)).toBe('picture_too_many_pixels')
    // Decoded it would take 256 MB.
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })

  test('[C38] moving pictures are refused: WebP, APNG and GIF, and TIFF with pages', async () => {
    const frames = await painted(64, 192).raw().toBuffer()
    const roll = () => sharp(frames, { raw: { width: 64, height: 192, channels: 3, pageHeight: 64 } })
    expect(
      await codeOf(
        await roll()
          .webp({ loop: 0, delay: [50, 50, 50] })
          .toBuffer(),
      ),
    ).toBe('picture_animated')
    expect(
      await codeOf(
        await roll()
          .gif({ delay: [50, 50, 50] })
          .toBuffer(),
      ),
    ).toBe('picture_not_accepted')
    expect(await codeOf(await painted(64, 64).tiff().toBuffer())).toBe('picture_not_accepted')
    const still = await painted(64, 64).png().toBuffer()
    const afterHeader = 8 + 25
    const moving = Buffer.concat([
      still.subarray(0, afterHeader),
      chunk('acTL', Buffer.alloc(8)),
      still.subarray(afterHeader),
    ])
    expect(await codeOf(moving)).toBe('picture_animated')
  })

  test.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><script>alert(1)</script></svg>'],
    [
      'SVG with a declaration',
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    ],
    ['HTML', '<!doctype html><title>picture.png</title>'],
    ['PDF', '%PDF-1.7'],
    ['RIFF that is not WebP', 'RIFF\x10\0\0\0WAVEfmt '],
    ['nothing', ''],
  ])('[C39] %s is refused before any decoder sees it', async (_, content) => {
    expect(await codeOf(Buffer.from(content, 'latin1'))).toBe('picture_not_accepted')
  })

  test('[C40a] a GIF that is also a script is refused, and a PNG header in front of a page is damaged', async () => {
    expect(await codeOf(Buffer.from('GIF89a/*\0\0*/=1;alert(1)//'))).toBe('picture_not_accepted')
    const page = Buffer.from('<html><script>alert(1)</script></html>'.repeat(20))
    expect(await codeOf(Buffer.concat([pngMagic, page]))).toBe('picture_damaged')
    expect(await codeOf(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), page]))).toBe('picture_damaged')
    expect(await codeOf(Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBPVP8 '), page]))).toBe('picture_damaged')
  })

  test('what hides behind a real picture does not come out again', async () => {
    const secret = 'PK-hidden-archive-<script>'
    for (const format of ['png', 'jpeg', 'webp'] as const) {
      const bytes = Buffer.concat([await painted(80, 80).toFormat(format).toBuffer(), Buffer.from(secret)])
      const outcome = await check(bytes).catch((error: ProblemError) => error)
      if (outcome instanceof ProblemError) expect(outcome.code).toBe('picture_damaged')
      else expect(outcome.bytes.includes(secret)).toBe(false)
    }
  })

  test.each(['png', 'jpeg', 'webp'] as const)('[C41] a %s that is cut off is damaged', async format => {
    const whole = await painted(400, 300).toFormat(format).toBuffer()
    for (const share of [0.1, 0.5, 0.9]) {
      expect(await codeOf(whole.subarray(0, Math.floor(whole.length * share)))).toBe('picture_damaged')
    }
  })

  test('the bytes decide: a JPEG needs no name and no content type', async () => {
    const jpeg = await painted(64, 64).jpeg().toBuffer()
    expect((await check(jpeg)).mime).toBe('image/jpeg')
  })

  test('[C43] turned upright, and nothing of the camera, place or author is left', async () => {
    const bytes = await painted(120, 60)
      .withExif({
        IFD0: { Make: 'SecretCam', Artist: 'Jane Roe' },
        IFD3: { GPSLatitude: '35/1 39/1 31/1', GPSLatitudeRef: 'N' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>Jane Roe</note></x:xmpmeta>')
      .withIccProfile('p3')
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect(bytes.includes('SecretCam')).toBe(true)
    const sent = await sharp(bytes).metadata()
    expect(sent.orientation).toBe(6)
    const picture = await check(bytes)
    expect(picture).toMatchObject({ width: 60, height: 120 })
    const { exif, xmp, icc, iptc, orientation } = await sharp(picture.bytes).metadata()
    expect({ exif, xmp, icc, iptc, orientation: orientation ?? 1 }).toEqual({ orientation: 1 })
    expect(picture.bytes.includes('SecretCam') || picture.bytes.includes('Jane Roe')).toBe(false)
  })

  test('colours of a wide-gamut profile are converted, not only relabelled', async () => {
    const green = sharp({ create: { width: 32, height: 32, channels: 3, background: { r: 60, g: 220, b: 60 } } })
    const wide = await green.withIccProfile('p3').png().toBuffer()
    const [sentRed = 0] = await sharp(wide).keepIccProfile().raw().toBuffer()
    const picture = await check(wide)
    const [red = 0, lush = 0] = await sharp(picture.bytes).raw().toBuffer()
    expect(Math.abs(red - 60) + Math.abs(lush - 220)).toBeLessThan(8)
    expect(sentRed).toBeGreaterThan(red + 15)
    expect((await sharp(picture.bytes).metadata()).icc).toBeUndefined()
  })

  test('more than 10 MB is refused by length alone', async () => {
    const jpeg = await painted(64, 64).jpeg().toBuffer()
    expect(await codeOf(Buffer.concat([jpeg, Buffer.alloc(maxPictureBytes)]))).toBe('picture_too_large')
  })

  test('smaller than 16 pixels on a side is refused, 16 is not', async () => {
    expect(await codeOf(await painted(15, 200).png().toBuffer())).toBe('picture_too_small')
    expect(await codeOf(await painted(16, 200).png().toBuffer())).toBe(null)
  })

  test('greyscale, 16 bit and CMYK become pictures every provider can read', async () => {
    for (const bytes of [
      await painted(40, 40).greyscale().png().toBuffer(),
      await painted(40, 40).toColourspace('rgb16').png().toBuffer(),
      await painted(40, 40).toColourspace('cmyk').jpeg().toBuffer(),
    ]) {
      const { depth, space } = await sharp((await check(bytes)).bytes).metadata()
      expect(depth).toBe('uchar')
      expect(['srgb', 'b-w']).toContain(space)
    }
  })

  test('whatever arrives, the answer is a picture that decodes or a named problem', async () => {
    const seeds = await Promise.all((['png', 'jpeg', 'webp'] as const).map(f => painted(48, 40).toFormat(f).toBuffer()))
    const damaged = fc
      .record({
        base: fc.constantFrom(...seeds),
        end: fc.double({ min: 0, max: 1, noNaN: true }),
        edits: fc.array(fc.tuple(fc.nat(2000), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
      })
      .map(({ base, end, edits }) => {
        const bytes = Buffer.from(base.subarray(0, Math.ceil(base.length * end)))
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value
        return bytes
      })
    const noise = fc.tuple(fc.constantFrom(...seeds), fc.uint8Array({ maxLength: 400 })).map(([base, tail]) => {
      return Buffer.concat([base.subarray(0, 12), tail])
    })
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, noise), async bytes => {
        const outcome = await check(bytes, 32).catch((error: unknown) => error)
        if (outcome instanceof ProblemError) {
          expect(outcome.code).toMatch(/^picture_/)
          return
        }
        const { bytes: made, width, height } = outcome as Awaited<ReturnType<typeof check>>
        const { info } = await sharp(made).raw().toBuffer({ resolveWithObject: true })
        expect(info).toMatchObject({ width, height })
        expect(Math.max(width, height)).toBeLessThanOrEqual(32)
      }),
      { numRuns: 300 },
    )
  })
})
