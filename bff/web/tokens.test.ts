import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('assets/tokens.css', import.meta.url), 'utf8')
/** Of each colour the one of the light theme and the one of the dark. */
const pairs = [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\);/g)]
const themes = {
  light: Object.fromEntries(pairs.map(([, name, light]) => [name, light!])),
  dark: Object.fromEntries(pairs.map(([, name, , dark]) => [name, dark!])),
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  const digits = hex.length === 4 ? [...hex.slice(1)].map(digit => digit + digit) : hex.slice(1).match(/../g)!
  const [r, g, b] = digits.map(pair => {
    const value = Number.parseInt(pair, 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const texts = ['ink', 'ink-2', 'ink-3', 'seal', 'indigo', 'ok', 'warn']
const grounds = ['paper', 'sheet']

test.each(['light', 'dark'] as const)('%s: text has 4.5:1, controls have 3:1', theme => {
  const colour = themes[theme]
  for (const ground of grounds) {
    for (const text of texts)
      expect(contrast(colour[text]!, colour[ground]!), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour['line-3']!, colour[ground]!), `line-3 on ${ground}`).toBeGreaterThanOrEqual(3)
  }
  expect(contrast(colour['seal-ink']!, colour.seal!)).toBeGreaterThanOrEqual(4.5)
  expect(contrast(colour.ink!, colour.line!)).toBeGreaterThanOrEqual(4.5)
  expect(contrast(colour.seal!, colour['seal-wash']!)).toBeGreaterThanOrEqual(3)
})
