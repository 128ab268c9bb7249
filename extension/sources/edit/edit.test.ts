import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minSide } from '../clean/fit.ts'
import { beginStroke, extendStroke } from './edit-brush.tsx'
import { type Edits, noEdits } from './edits.ts'
import { beginHistory, redo, step, undo } from './history.ts'
import { placeIn, toCopy } from './placing.ts'
import { readEdits } from './read-edits.ts'
import { middleOf, moveRect, type Rect, resizeRect } from './rect.ts'

const side = fc.integer({ min: minSide, max: 9_000 })
const size = fc.record({ width: side, height: side })

/** A picture and a rectangle inside it. */
const cropped = size.chain(picture =>
  fc
    .record({
      picture: fc.constant(picture),
      width: fc.integer({ min: minSide, max: picture.width }),
      height: fc.integer({ min: minSide, max: picture.height }),
    })
    .chain(({ width, height }) =>
      fc.record({
        picture: fc.constant(picture),
        crop: fc.record({
          x: fc.integer({ min: 0, max: picture.width - width }),
          y: fc.integer({ min: 0, max: picture.height - height }),
          width: fc.constant(width),
          height: fc.constant(height),
        }),
      }),
    ),
)
const delta = fc.integer({ min: -20_000, max: 20_000 })
const handle = fc.record({ x: fc.constantFrom(-1, 0, 1), y: fc.constantFrom(-1, 0, 1) })

const expectInside = (rect: Rect, picture: { width: number; height: number }) => {
  expect(Math.min(rect.x, rect.y)).toBeGreaterThanOrEqual(0)
  expect(rect.x + rect.width).toBeLessThanOrEqual(picture.width)
  expect(rect.y + rect.height).toBeLessThanOrEqual(picture.height)
  expect(Object.values(rect).every(Number.isInteger)).toBe(true)
}

describe('a box', () => {
  const picture = { width: 400, height: 300 }
  const box = { x: 100, y: 100, width: 100, height: 50 }

  test('moves up to the edge and keeps its size', () => {
    expect(moveRect(box, 30, -20, picture)).toEqual({ ...box, x: 130, y: 80 })
    expect(moveRect(box, 999, -999, picture)).toEqual({ ...box, x: 300, y: 0 })
  })

  test('is resized by one edge while the others stay, up to the edge of the picture and down to the least', () => {
    expect(resizeRect(box, { x: 1, y: 0 }, 50, 99, picture, 16)).toEqual({ ...box, width: 150 })
    expect(resizeRect(box, { x: -1, y: -1 }, -999, 10, picture, 16)).toEqual({ x: 0, y: 110, width: 200, height: 40 })
    expect(resizeRect(box, { x: -1, y: 1 }, 999, -999, picture, 16)).toEqual({ x: 184, y: 100, width: 16, height: 16 })
  })

  test('stays inside the picture whatever is done to it', () => {
    fc.assert(
      fc.property(cropped, handle, delta, delta, ({ picture, crop }, by, dx, dy) => {
        expectInside(moveRect(crop, dx, dy, picture), picture)
        const resized = resizeRect(crop, by as Parameters<typeof resizeRect>[1], dx, dy, picture, minSide)
        expectInside(resized, picture)
        expect(Math.min(resized.width, resized.height)).toBeGreaterThanOrEqual(minSide)
        expectInside(middleOf(crop), picture)
      }),
    )
  })
})

describe('a copy', () => {
  const edits = (crop: Rect | null): Edits => ({ crop, blurs: [] })

  test('has the shape of what is kept, and is never larger', () => {
    const picture = { width: 4000, height: 3000 }
    const crop = { x: 1000, y: 500, width: 1000, height: 2000 }
    expect(placeIn(picture, edits(crop), 1024)).toMatchObject({ cut: crop, out: { width: 512, height: 1024 } })
    expect(placeIn(picture, edits(crop), 4096)).toMatchObject({ out: { width: 1000, height: 2000 } })
    expect(placeIn(picture, noEdits, 1000)).toMatchObject({ out: { width: 1000, height: 750 } })
  })

  test('cut and then scaled is the same as scaled and then cut, within one pixel', () => {
    fc.assert(
      fc.property(cropped, fc.integer({ min: 256, max: 4096 }), ({ picture, crop }, maxSide) => {
        const { out } = placeIn(picture, edits(crop), maxSide)
        const scale = Math.min(1, maxSide / Math.max(crop.width, crop.height))
        const scaled = (start: number, length: number) =>
          Math.max(1, Math.round((start + length) * scale) - Math.round(start * scale))
        expect(Math.abs(out.width - scaled(crop.x, crop.width))).toBeLessThanOrEqual(1)
        expect(Math.abs(out.height - scaled(crop.y, crop.height))).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('holds the corners of what is kept in its own corners, and every stroke where it was painted', () => {
    fc.assert(
      fc.property(cropped, fc.integer({ min: 256, max: 4096 }), ({ picture, crop }, maxSide) => {
        const placing = placeIn(picture, edits(crop), maxSide)
        const whole = placeIn(picture, noEdits, maxSide)
        expect(toCopy(placing, [crop.x, crop.y])).toEqual([0, 0])
        const [right, bottom] = toCopy(placing, [crop.x + crop.width, crop.y + crop.height])
        expect(right).toBeCloseTo(placing.out.width, 6)
        expect(bottom).toBeCloseTo(placing.out.height, 6)
        // The same point found by way of the whole picture.
        const [x, y] = toCopy(whole, [crop.x + crop.width / 2, crop.y + crop.height / 2])
        const [left, top] = toCopy(whole, [crop.x, crop.y])
        const zoom = [placing.scale[0] / whole.scale[0], placing.scale[1] / whole.scale[1]] as const
        expect((x - left) * zoom[0]).toBeCloseTo(placing.out.width / 2, 6)
        expect((y - top) * zoom[1]).toBeCloseTo(placing.out.height / 2, 6)
      }),
    )
  })
})

describe('a stroke', () => {
  test('keeps only points that change it', () => {
    const stroke = beginStroke([10.4, 10.6], 80)
    expect(stroke).toEqual({ kind: 'stroke', width: 80, points: [[10, 11]] })
    expect(extendStroke(stroke, [14, 14])).toBe(stroke)
    expect(extendStroke(stroke, [25, 11]).points).toEqual([
      [10, 11],
      [25, 11],
    ])
  })
})

describe('steps', () => {
  test('are taken back and done again, and a new one forgets what was taken back', () => {
    let history = step(step(beginHistory('a'), 'b'), 'c')
    history = undo(undo(undo(history)))
    expect(history.present).toBe('a')
    history = redo(history)
    expect(history).toMatchObject({ present: 'b', past: ['a'], future: ['c'] })
    expect(redo(step(history, 'd')).present).toBe('d')
  })

  test('of one part are taken back as one', () => {
    const moved = ['b', 'c', 'd'].reduce((history, next) => step(history, next, 'crop'), beginHistory('a'))
    expect(undo(moved).present).toBe('a')
    expect(undo(step(undo(moved), 'e', 'crop')).present).toBe('a')
  })
})

describe('stored edits', () => {
  const picture = { width: 300, height: 200 }
  const edits: Edits = {
    crop: { x: 10, y: 20, width: 100, height: 80 },
    blurs: [
      {
        kind: 'stroke',
        width: 30,
        points: [
          [0, 0],
          [20, 5],
        ],
      },
      { kind: 'area', area: { x: 0, y: 0, width: 5, height: 300 - 100 } },
    ],
  }

  test('are read back as they were written', () => {
    expect(readEdits(JSON.parse(JSON.stringify(edits)), picture)).toEqual(edits)
    expect(readEdits(noEdits, picture)).toEqual(noEdits)
  })

  test.each([
    ['nothing', undefined],
    ['a crop beyond the picture', { ...edits, crop: { ...edits.crop, x: 250 } }],
    ['a crop too small to send', { ...edits, crop: { ...edits.crop, width: minSide - 1 } }],
    ['a crop in half pixels', { ...edits, crop: { ...edits.crop, y: 0.5 } }],
    ['no crop at all', { blurs: edits.blurs }],
    ['no list of blurs', { crop: null }],
    ['one blur of many damaged', { ...edits, blurs: [...edits.blurs, { kind: 'stroke', width: 3, points: [[1]] }] }],
    ['a blur of another kind', { ...edits, blurs: [{ kind: 'smudge' }] }],
  ])('with %s are refused as a whole', (_, damaged) => {
    expect(readEdits(damaged, picture)).toBeUndefined()
  })
})
