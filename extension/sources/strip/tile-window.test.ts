import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tilesToRender } from './tile-window.ts'

const pitch = 56

test('what is seen is rendered, with the tab stop, and never more than 60 of however many', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2000 }),
      fc.nat(2000),
      fc.nat(200_000),
      // The panel's page is at most 800 pixels wide; ten tiles more are counted as seen.
      fc.integer({ min: 320, max: 800 + 10 * pitch }),
      (count, anyStop, scrolled, width) => {
        const stop = anyStop % count
        const rendered = tilesToRender(count, stop, { scrolled, width, pitch })
        expect(rendered.length).toBeLessThanOrEqual(60)
        expect(rendered).toEqual([...new Set(rendered)].sort((a, b) => a - b))
        expect(rendered.every(index => index >= 0 && index < count)).toBe(true)
        expect(rendered).toContain(stop)
        for (let index = Math.floor(scrolled / pitch); index * pitch < scrolled + width && index < count; index++)
          expect(rendered).toContain(index)
      },
    ),
  )
})

test('a short list is rendered whole', () => {
  expect(tilesToRender(5, 0, { scrolled: 0, width: 320, pitch })).toEqual([0, 1, 2, 3, 4])
})

test('a list that became shorter than where it was scrolled to still shows its end', () => {
  expect(tilesToRender(3, 2, { scrolled: 9_000, width: 320, pitch })).toEqual([0, 1, 2])
})
