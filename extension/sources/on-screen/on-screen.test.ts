import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { PagePlace, ScreenBox } from '../../picking/protocol.ts'
import { cropFromScreen } from './crop-from-screen.ts'
import { cutOf } from './cut.ts'

const box = (x: number, y: number, width: number, height: number): ScreenBox => ({
  x,
  y,
  width,
  height,
  left: x,
  top: y,
  right: x + width,
  bottom: y + height,
})
const at = (whole: ScreenBox, windowWidth = 1000, seen = whole): PagePlace => [whole, seen, windowWidth]

describe('the part of a capture', () => {
  test('is the picture at the scale of the capture, whatever the density of the display', () => {
    const picture = box(100, 50, 200, 150)
    expect(cutOf(at(picture), { width: 1000, height: 800 })?.rect).toEqual({ x: 100, y: 50, width: 200, height: 150 })
    expect(cutOf(at(picture), { width: 2000, height: 1600 })?.rect).toEqual({ x: 200, y: 100, width: 400, height: 300 })
  })

  test('is only what scrolling boxes leave of it, and says so', () => {
    const cut = cutOf(at(box(100, -50, 200, 150), 1000, box(100, 0, 200, 100)), { width: 1000, height: 800 })
    expect(cut).toEqual({ rect: { x: 100, y: 0, width: 200, height: 100 }, isPartly: true })
    expect(cutOf(at(box(100, 50, 200, 150)), { width: 1000, height: 800 })?.isPartly).toBe(false)
  })

  test('is nothing while the picture is out of sight', () => {
    expect(cutOf(at(box(100, -500, 200, 150), 1000, box(0, 0, 0, 0)), { width: 1000, height: 800 })).toBeNull()
  })

  test('never reaches beyond the picture as the browser paints it, at any zoom', () => {
    const length = fc.double({ min: 20, max: 600, noNaN: true })
    const zoom = fc.constantFrom(0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 3)
    fc.assert(
      fc.property(length, length, length, length, zoom, (x, y, width, height, factor) => {
        const capture = { width: 1280, height: 900 }
        // The window's width is told in whole pixels, cut off.
        const windowWidth = Math.floor(capture.width / factor)
        const cut = cutOf(at(box(x, y, width, height), windowWidth), capture)
        if (!cut) return
        const { rect } = cut
        expect(rect.x).toBeGreaterThanOrEqual(Math.round(x * factor))
        expect(rect.y).toBeGreaterThanOrEqual(Math.round(y * factor))
        expect(rect.x + rect.width).toBeLessThanOrEqual(Math.max(1, Math.round((x + width) * factor)))
        expect(rect.y + rect.height).toBeLessThanOrEqual(Math.max(1, Math.round((y + height) * factor)))
      }),
    )
  })
})

describe('taking what is on the screen', () => {
  const place = at(box(10, 10, 100, 100))
  const setUp = (change: Partial<Parameters<typeof cropFromScreen>[0]> = {}) => {
    const capture = vi.fn(async () => 'data:image/png;base64,')
    const crop = vi.fn(async () => ({ blob: new Blob(), isPartly: false }))
    const taken = cropFromScreen({ place: async () => place, capture, isInFront: async () => true, crop, ...change })
    return { taken, capture, crop }
  }

  test('captures once and hands on the crop alone', async () => {
    const { taken, capture, crop } = setUp()
    expect(await taken).toEqual({ blob: expect.any(Blob), isPartly: false })
    expect(capture).toHaveBeenCalledOnce()
    expect(crop).toHaveBeenCalledExactlyOnceWith('data:image/png;base64,', place)
  })

  test.each([
    ['nobody knows where it is', null],
    ['it is scrolled out', at(box(10, -900, 100, 100), 1000, box(0, 0, 0, 0))],
  ])('captures nothing when %s', async (_, nowhere) => {
    const { taken, capture } = setUp({ place: async () => nowhere })
    expect(await taken).toBe('out_of_sight')
    expect(capture).not.toHaveBeenCalled()
  })

  test('without the grant says what to do', async () => {
    const refusal = new Error("Either the '<all_urls>' or 'activeTab' permission is required.")
    expect(await setUp({ capture: () => Promise.reject(refusal) }).taken).toBe('no_grant')
  })

  test('throws the capture away when the page moved, the tab changed or Chrome was asked too often', async () => {
    const places = [place, at(box(10, 11, 100, 100))]
    const moved = setUp({ place: async () => places.shift() ?? null })
    const left = setUp({ isInFront: async () => false })
    const often = setUp({ capture: () => Promise.reject(new Error('MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND')) })
    for (const { taken, crop } of [moved, left, often]) {
      expect(await taken).toBe('again')
      expect(crop).not.toHaveBeenCalled()
    }
  })
})
