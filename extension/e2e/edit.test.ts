import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { emptyTab, openSession, type Session } from './fixtures/session.ts'
import { texts } from './fixtures/texts.ts'
import type { PanelPage } from './pages/panel-page.ts'
import { watchUploads } from './probes/uploads.ts'

const t = texts('en')
let session: Session<Awaited<ReturnType<typeof emptyTab>>>
let panel: PanelPage

beforeAll(async () => {
  session = await openSession({ site: emptyTab })
  panel = session.panel
})
afterAll(() => session?.close())
afterEach(async () => {
  if (await panel.page.$('.edit')) await press('Escape')
  await panel.clearSources()
})

const width = 800
const height = 600

/** Black and white in pixels of 4: everywhere as much detail as there can be. The left quarter is red. */
const detailed = () => {
  const rgb = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const isLight = ((x >> 2) + (y >> 2)) % 2 === 0
      rgb.set(x < width / 4 ? [255, 0, 0] : isLight ? [255, 255, 255] : [0, 0, 0], 3 * (y * width + x))
    }
  return sharp(rgb, { raw: { width, height, channels: 3 } })
}

const choose = async (name: string, bytes: Buffer) => {
  await panel.chooseFile(await session.saved(name, bytes))
  await panel.sourcesReady(1)
  await panel.press('button', t('sources.slot', { name }))
}

const openEdit = async () => {
  await panel.page.waitForSelector('.sources-sent:not(:empty)')
  await panel.press('button', t('sources.edit'))
  await panel.page.waitForSelector('.edit canvas')
}

const done = async () => {
  await panel.press('button', t('sources.edit.done'))
  await panel.page.waitForSelector('.edit', { hidden: true })
}

/** Waits until the foot of the view says so. */
const stays = (across: number, down: number, blurs: number) =>
  panel.reads(t('sources.edit.state', { width: across, height: down, blurs }))

const press = (key: string, ...held: ('Shift' | 'Control')[]) => panel.keys(...held, key)

/** A point of the shown picture, in parts of its sides. */
const pointAt = async (x: number, y: number) => {
  const box = await (await panel.page.waitForSelector('.edit-picture'))?.boundingBox()
  if (!box) throw new Error('No picture is shown.')
  return [box.x + x * box.width, box.y + y * box.height] as const
}

type Parts = readonly [x: number, y: number]

const drag = async (from: Parts, to: Parts) => {
  const { mouse } = panel.page
  await mouse.move(...(await pointAt(...from)))
  await mouse.down()
  await mouse.move(...(await pointAt(...to)), { steps: 6 })
  await mouse.up()
}

/** Puts the box to blur at the very corner and makes it as large as it gets. */
const blurAllByKeys = async () => {
  await panel.press('radio', t('sources.edit.tool.area'))
  await panel.page.focus('.edit-box')
  for (let i = 0; i < 30; i += 1) await press('ArrowLeft')
  for (let i = 0; i < 30; i += 1) await press('ArrowUp')
  for (let i = 0; i < 60; i += 1) await press('ArrowRight', 'Shift')
  for (let i = 0; i < 60; i += 1) await press('ArrowDown', 'Shift')
  await press('Enter')
}

/** Presses Generate and answers the picture that left. */
const send = async () => {
  const uploaded = await watchUploads(panel.page)
  const known = await panel.pictures()
  await panel.generate()
  await panel.newPicture(known)
  const [picture] = (await uploaded()).pictures
  if (!picture) throw new Error('No picture left.')
  return picture.bytes
}

interface Pixels {
  data: Buffer
  info: { width: number; height: number }
}

const pixelsOf = (bytes: Buffer): Promise<Pixels> =>
  sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })

const at = ({ data, info }: Pixels, x: number, y: number) => [...data.subarray(3 * (y * info.width + x)).subarray(0, 3)]

/** The largest step between two neighbours in a part: 255 where there is a hard edge. */
const sharpest = (pixels: Pixels, left: number, top: number, right: number, bottom: number) => {
  let most = 0
  for (let y = top; y < bottom; y += 1)
    for (let x = left; x < right - 1; x += 1) {
      const [one = 0] = at(pixels, x, y)
      const [other = 0] = at(pixels, x + 1, y)
      most = Math.max(most, Math.abs(one - other))
    }
  return most
}

/** How red the reddest pixel is; 0 in a picture of greys. */
const mostRed = ({ data }: Pixels) => {
  let most = 0
  for (let i = 0; i < data.length; i += 3) most = Math.max(most, (data[i] ?? 0) - (data[i + 1] ?? 0))
  return most
}

describe('what is cut off or blurred', () => {
  test('does not leave the computer; the rest does as it was', async () => {
    await choose('detailed.png', await detailed().png().toBuffer())
    await openEdit()
    await drag([0, 0.5], [0.25, 0.5])
    await stays(600, 600, 0)
    await panel.press('radio', t('sources.edit.tool.brush'))
    await drag([0.5, 0.5], [0.8, 0.5])
    await stays(600, 600, 1)
    await done()
    await panel.reads(t('sources.edit.note'))
    await panel.press('button', t('studio.sent.title'))
    await panel.reads('detailed.png: 600 × 600 PNG')
    await panel.press('button', t('studio.sent.hide'))

    const sent = await pixelsOf(await send())
    expect([sent.info.width, sent.info.height]).toEqual([600, 600])
    expect(mostRed(sent)).toBe(0)
    // The brush is 96 wide and went along the middle.
    expect(sharpest(sent, 210, 265, 430, 335)).toBeLessThan(6)
    // What shows is the mean of what was there, not some pixels of it.
    for (const x of [210, 280, 350, 430]) expect(Math.abs((at(sent, x, 300)[0] ?? 0) - 127)).toBeLessThan(10)
    expect(sharpest(sent, 0, 0, 600, 200)).toBe(255)
    expect(sharpest(sent, 0, 400, 600, 600)).toBe(255)
  })

  test('holds no detail at all where everything was blurred, also not by a trace of what was transparent', async () => {
    const halfThere = await detailed().ensureAlpha(0.5).png().toBuffer()
    await choose('glass.png', halfThere)
    await openEdit()
    await blurAllByKeys()
    await done()
    const sent = await send()
    expect(await sharp(sent).metadata()).toMatchObject({ width, height, hasAlpha: true })
    const pixels = await pixelsOf(sent)
    expect(sharpest(pixels, 2, 2, width - 2, height - 2)).toBeLessThan(8)
  })

  test('is where the person saw it in a photograph taken on its side', async () => {
    const lying = await detailed().withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toBuffer()
    await choose('sideways.jpg', lying)
    await openEdit()
    await stays(height, width, 0)
    // The red quarter is at the top now.
    await drag([0.5, 0], [0.5, 0.25])
    await stays(600, 600, 0)
    await done()
    const sent = await pixelsOf(await send())
    expect([sent.info.width, sent.info.height]).toEqual([600, 600])
    // The JPEG that came in holds a little red on the grey side of its edge.
    expect(mostRed(sent)).toBeLessThan(48)
  })

  test('nothing is asked of anybody while a picture is edited', async () => {
    await choose('detailed.png', await detailed().png().toBuffer())
    const asked: string[] = []
    const note = (request: { url(): string; method(): string }) => {
      if (request.url().startsWith('http') && request.method() !== 'GET') asked.push(request.url())
    }
    panel.page.on('request', note)
    await openEdit()
    await drag([0, 0.5], [0.25, 0.5])
    await blurAllByKeys()
    await done()
    await panel.reads(t('sources.edit.note'))
    panel.page.off('request', note)
    expect(asked).toEqual([])
  })
})

describe('the view', () => {
  test('takes steps back and does them again, by button and by key', async () => {
    await choose('detailed.png', await detailed().png().toBuffer())
    await openEdit()
    await drag([0, 0.5], [0.25, 0.5])
    await panel.press('radio', t('sources.edit.tool.brush'))
    await drag([0.5, 0.5], [0.6, 0.5])
    await stays(600, 600, 1)
    await panel.press('button', t('sources.edit.undo'))
    await stays(600, 600, 0)
    await press('z', 'Control')
    await stays(800, 600, 0)
    await press('z', 'Control', 'Shift')
    await panel.press('button', t('sources.edit.redo'))
    await stays(600, 600, 1)
    await panel.press('button', t('sources.edit.reset'))
    await stays(800, 600, 0)
    await panel.press('button', t('sources.edit.undo'))
    await stays(600, 600, 1)
    await panel.press('button', t('sources.edit.cancel'))
  })

  test('changes nothing with Esc, and gives the focus back', async () => {
    await choose('detailed.png', await detailed().png().toBuffer())
    await openEdit()
    await drag([0, 0.5], [0.25, 0.5])
    await press('Escape')
    await panel.page.waitForSelector('.edit', { hidden: true })
    expect(await panel.page.evaluate(() => document.activeElement?.textContent)).toBe(t('sources.edit'))
    expect(await panel.text()).not.toContain(t('sources.edit.note'))
    await panel.reads('800 × 600')
  })

  test('works by keyboard alone: arrows move the box, Shift with arrows resizes it', async () => {
    await choose('detailed.png', await detailed().png().toBuffer())
    await openEdit()
    await panel.page.focus('.edit-box')
    for (let i = 0; i < 10; i += 1) await press('ArrowLeft', 'Shift')
    await stays(720, 600, 0)
    for (let i = 0; i < 5; i += 1) await press('ArrowRight')
    expect(await panel.page.$eval('.edit-box', box => box.ariaLabel)).toBe(
      t('sources.edit.box.crop', { width: 720, height: 600, x: 40, y: 0 }),
    )
    await press('z', 'Control')
    await stays(800, 600, 0)
    await press('Escape')
  })

  test('is painted on with a finger', async () => {
    await choose('detailed.png', await detailed().png().toBuffer())
    await openEdit()
    await panel.press('radio', t('sources.edit.tool.brush'))
    const [fromX, fromY] = await pointAt(0.4, 0.4)
    const [toX, toY] = await pointAt(0.6, 0.6)
    await panel.page.touchscreen.touchStart(fromX, fromY)
    await panel.page.touchscreen.touchMove(toX, toY)
    await panel.page.touchscreen.touchEnd()
    await stays(800, 600, 1)
    await press('Escape')
  })

  test('what was done comes back with Undo, and the thumbnail with it', async () => {
    await choose('detailed.png', await detailed().png().toBuffer())
    const thumbnail = () =>
      panel.page.$eval('.sources-picture img', img => {
        const { naturalWidth, naturalHeight } = img as HTMLImageElement
        return naturalWidth / naturalHeight
      })
    await openEdit()
    await drag([0, 0.5], [0.25, 0.5])
    await done()
    await expect.poll(thumbnail).toBe(1)
    await press('z', 'Control')
    await expect.poll(thumbnail).toBeCloseTo(4 / 3, 2)
    expect(await panel.text()).not.toContain(t('sources.edit.note'))
  })
})

test('edits survive closing the panel', async () => {
  await choose('detailed.png', await detailed().png().toBuffer())
  await openEdit()
  await drag([0, 0.5], [0.25, 0.5])
  await blurAllByKeys()
  await done()
  await panel.reads('600 × 600')
  const thumbnail = () =>
    panel.page.$eval('.sources-picture img', async img => {
      const { width: across, height: down } = await createImageBitmap(img as HTMLImageElement)
      return [across, down]
    })
  await expect.poll(thumbnail).toEqual([256, 256])
  await panel.page.close()

  panel = await session.reopenPanel()
  await panel.sourcesReady(1)
  await panel.page.waitForSelector('.sources-picture img')
  expect(await thumbnail()).toEqual([256, 256])
  const sent = await pixelsOf(await send())
  expect([sent.info.width, sent.info.height]).toEqual([600, 600])
  expect(sharpest(sent, 2, 2, 598, 598)).toBeLessThan(8)
})
