import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hdrAvif } from './fixtures/files/hdr-avif.ts'
import { openSession, type Session } from './fixtures/session.ts'
import { texts } from './fixtures/texts.ts'
import { watchUploads } from './probes/uploads.ts'

const t = texts('en')
const folder = join(import.meta.dirname, 'fixtures/files')

/** A site of the files, each on a page of its own. */
async function startFiles() {
  const files = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    const [, name = '', page] = new URL(request.url ?? '', 'http://localhost').pathname.split('/')
    const bytes = files.get(name)
    if (page === 'page')
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<!doctype html><body style="margin:0"><img id="it" src="/${name}" alt="${name}">`)
    else if (bytes) response.writeHead(200, { 'content-type': typeOf(name) }).end(bytes)
    else response.writeHead(404).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/none/page`,
    files,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const typeOf = (name: string) => (name.endsWith('.svg') ? 'image/svg+xml' : 'image/x-whatever')

let session: Session<Awaited<ReturnType<typeof startFiles>>>
let uploaded: Awaited<ReturnType<typeof watchUploads>>

beforeAll(async () => {
  session = await openSession({ site: startFiles })
  await session.page.setViewport({ width: 1280, height: 860 })
  uploaded = await watchUploads(session.panel.page)
})
afterAll(() => session?.close())
afterEach(() => session.panel.clearSources())

/** The picture as its page shows it, at this size. */
async function onThePage(name: string, size: { width: number; height: number }): Promise<Buffer> {
  const { page, site } = session
  await page.goto(new URL(`/${name}/page`, site.url).href)
  await page.$eval(
    '#it',
    async (image, { width, height }) => {
      const shown = image as HTMLImageElement
      shown.style.cssText = `width:${width}px;height:${height}px;background:#fff`
      await shown.decode().catch(() => {})
      await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    },
    size,
  )
  return Buffer.from(await page.screenshot({ clip: { x: 0, y: 0, ...size } }))
}

/** Takes the picture by a press on its tile, presses Generate, and answers what left the computer. */
async function sent(name: string, bytes: Buffer) {
  const { panel, page, site } = session
  site.files.set(name, bytes)
  // Too small to be listed, as icons are: they come as files.
  if (/icon|cursor/.test(name)) await panel.chooseFile(await session.saved(name, bytes))
  else {
    await page.goto(new URL(`/${name}/page`, site.url).href)
    await page.bringToFront()
    await panel.pressTile(name)
  }
  await panel.slotsBecome('ready')
  const known = await panel.pictures()
  await panel.generate()
  await panel.newPicture(known)
  const { pictures } = await uploaded()
  const [picture] = pictures
  if (!picture) throw new Error('No picture was sent.')
  const { width = 0, height = 0, exif, icc, xmp, hasAlpha, format } = await sharp(picture.bytes).metadata()
  return { bytes: picture.bytes, size: { width, height }, hidden: exif ?? icc ?? xmp, hasAlpha, format }
}

const flat = (picture: Buffer) => sharp(picture).flatten({ background: '#fff' }).removeAlpha().raw().toBuffer()

/** Mean and largest difference of a channel, 0 to 255, between two pictures of one size. */
async function compare(a: Buffer, b: Buffer) {
  const [x, y] = await Promise.all([flat(a), flat(b)])
  expect(x.length).toBe(y.length)
  let sum = 0
  let most = 0
  for (const [at, value] of x.entries()) {
    const difference = Math.abs(value - (y[at] ?? 0))
    sum += difference
    most = Math.max(most, difference)
  }
  return { mean: sum / x.length, most }
}

const fileOf = (name: string) => readFile(join(folder, name))

/** Red and blue side by side, a pixel each: half the colours would make it purple. */
const fineColours = () => {
  const pixels = Buffer.alloc(200 * 120 * 3)
  for (let at = 0; at < 200 * 120; at++) pixels[at * 3 + (at % 2 === 0 ? 0 : 2)] = 255
  return sharp(pixels, { raw: { width: 200, height: 120, channels: 3 } })
}

describe('what is sent looks as on the page, and holds nothing hidden', () => {
  const whole: Record<string, () => Promise<Buffer>> = Object.fromEntries(
    [
      'avif-mif1.avif',
      'avif-miaf.avif',
      'bmp-os2.bmp',
      'cursor.cur',
      'p3.png',
      'jpeg-cmyk.jpg',
      'png-16bit-alpha.png',
      'jpeg-two-pictures.jpg',
      'png-no-iend.png',
      'png-wrong-idat-crc.png',
    ].map(name => [name, () => fileOf(name)]),
  )
  whole['fine-colours.jpg'] = () => fineColours().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer()
  whole['hdr.avif'] = () => hdrAvif(256, 160)
  whole['sideways.jpg'] = () =>
    sharp({ create: { width: 160, height: 90, channels: 3, background: '#246' } })
      .composite([
        { input: Buffer.from('<svg width="80" height="90"><rect width="80" height="90" fill="#c50"/></svg>') },
      ])
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()

  test.each(Object.keys(whole))('%s', async name => {
    const { bytes, size, hidden } = await sent(name, (await whole[name]?.()) ?? Buffer.alloc(0))
    expect(hidden).toBeUndefined()
    const { mean, most } = await compare(bytes, await onThePage(name, size))
    expect(mean).toBeLessThan(0.6)
    expect(most).toBeLessThanOrEqual(4)
  })

  test.each([
    ['jpeg-truncated.jpg', 1200, 750],
    ['png-truncated.png', 320, 200],
  ])('%s: the rows that are there, and it is said', async (name, width, height) => {
    const { bytes, size } = await sent(name, await fileOf(name))
    expect(await session.panel.text()).toContain(t('sources.part'))
    expect(size.width).toBe(width)
    expect(size.height).toBeGreaterThan(height / 2)
    expect(size.height).toBeLessThan(height)
    const page = await onThePage(name, { width, height })
    const rows = await sharp(page)
      .extract({ left: 0, top: 0, ...size })
      .png()
      .toBuffer()
    expect((await compare(bytes, rows)).mean).toBeLessThan(0.6)
    // Below them the page shows nothing either.
    const rest = { left: 0, top: size.height, width, height: height - size.height }
    const left = await flat(await sharp(page).extract(rest).png().toBuffer())
    // The last row that was read may reach a little into the next.
    expect(left.subarray(3 * width).every(value => value === 255)).toBe(true)
  })

  test.each([
    ['svg-viewbox.svg', 2048, 1280],
    ['svg-icon-24.svg', 2048, 2048],
    ['svg-icon-12.svg', 2048, 2048],
  ])('%s has no pixels, and is drawn as large as the model uses', async (name, width, height) => {
    const { bytes, size } = await sent(name, await fileOf(name))
    expect(size.width / size.height).toBeCloseTo(width / height, 2)
    expect(Math.max(size.width, size.height)).toBe(2048)
    const shown = { width: 384, height: Math.round((384 * height) / width) }
    const small = await sharp(bytes).resize(shown.width, shown.height, { fit: 'fill' }).png().toBuffer()
    const { mean } = await compare(small, await onThePage(name, shown))
    expect(mean).toBeLessThan(3)
  })
})

describe('what cannot be used says why, before anything is sent', () => {
  const heic = () => {
    const bytes = Buffer.alloc(64)
    bytes.writeUInt32BE(24, 0)
    bytes.write('ftypheic', 4)
    bytes.write('mif1heic', 16)
    return bytes
  }
  const clear = () =>
    sharp({ create: { width: 80, height: 60, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } } })

  test.each([
    ['photo.heic', async () => heic(), 'sources.failed.heic'],
    ['words.png', async () => Buffer.from('no picture at all'), 'sources.failed.file_not_a_picture'],
    ['clear.png', () => clear().png().toBuffer(), 'sources.failed.blank'],
    [
      'empty.svg',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'),
      'sources.failed.blank',
    ],
  ] as const)('%s as a file', async (name, bytes, sentence) => {
    const { panel } = session
    await panel.chooseFile(await session.saved(name, await bytes()))
    await panel.slotsBecome('failed')
    await panel.reads(t(sentence))
  })

  test('a strip of which nothing would be left is not bent out of shape', async () => {
    const { panel } = session
    const strip = sharp({ create: { width: 6000, height: 20, channels: 3, background: '#357' } })
    await panel.chooseFile(await session.saved('strip.png', await strip.png().toBuffer()))
    await panel.slotsBecome('ready')
    await panel.generate()
    await panel.reads(t('sources.failed.too_narrow'))
  })
})
