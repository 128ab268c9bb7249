import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryNoise, arbitrarySrcset } from './arbitrary-srcset.ts'
import { type Candidate, candidatesOf } from './srcset.ts'

const offered = (srcset: string) => candidatesOf(srcset).map(({ url, w, x }) => `${url} ${w ? `${w}w` : `${x}x`}`)

describe('what a srcset offers', () => {
  test.each([
    ['nothing', '', []],
    ['an address alone', 'a.png', ['a.png 1x']],
    ['widths', 'a.png 100w, b.png 200w', ['a.png 100w', 'b.png 200w']],
    ['densities', 'a.png, b.png 2x,c.png 1.5x', ['a.png 1x', 'b.png 2x', 'c.png 1.5x']],
    ['commas inside addresses', 'a,1.png 1x, b,c,2 2x', ['a,1.png 1x', 'b,c,2 2x']],
    ['no space after a comma: it belongs to the address', 'a.png,b.png 2x', ['a.png,b.png 2x']],
    [
      'a comma at the end of an address ends the candidate',
      'a.png, b.png,, c.png 2x',
      ['a.png 1x', 'b.png 1x', 'c.png 2x'],
    ],
    ['commas in front', ',, a.png 3x', ['a.png 3x']],
    ['data: addresses', 'data:image/png;base64,AA== 2x, data:,x 3x', ['data:image/png;base64,AA== 2x', 'data:,x 3x']],
    ['all kinds of white space', '\n\ta.png\f100w\r,\nb.png\t200w\n', ['a.png 100w', 'b.png 200w']],
    ['a height beside a width', 'a.png 100w 50h, b.png 50h 200w', ['a.png 100w', 'b.png 200w']],
    ['parentheses hide commas, and what they hold is no descriptor', 'a.png (1x, 2x) 3x, b.png 2x', ['b.png 2x']],
    ['a parenthesis that is never closed', 'a.png 1x, b.png (2x, c.png 3x', ['a.png 1x']],
    ['what is neither', 'a.png 0w, b.png -1x, c.png 1w 1x, d.png 2X, e.png 5h, f.png 1x', ['f.png 1x']],
    ['a space that is none', 'a.png\u00a02x, b.png 3x', ['a.png\u00a02x 1x', 'b.png 3x']],
  ])('%s', (_, srcset, expected) => expect(offered(srcset)).toEqual(expected))
})

test('everything that was written into one is read out of it, in its order', () => {
  fc.assert(
    fc.property(arbitrarySrcset, ({ text, offered }) => {
      expect(candidatesOf(text).map(({ url, w, x }) => ({ url, size: w || x }))).toEqual(offered)
    }),
  )
})

const isSpace = (letter: string) => /[\t\n\f\r ]/.test(letter)

/** The algorithm of the HTML standard, step by step ("parse a srcset attribute"). */
function byTheStandard(input: string): Candidate[] {
  const candidates: Candidate[] = []
  let at = 0
  const collect = (wanted: (letter: string) => boolean) => {
    const start = at
    while (at < input.length && wanted(input[at]!)) at += 1
    return input.slice(start, at)
  }
  for (;;) {
    collect(letter => isSpace(letter) || letter === ',')
    if (at >= input.length) return candidates
    let url = collect(letter => !isSpace(letter))
    const tokens: string[] = []
    if (url.endsWith(',')) url = url.replace(/,+$/, '')
    else {
      let token = ''
      let isInParentheses = false
      for (; at < input.length; at += 1) {
        const letter = input[at]!
        if (isInParentheses) isInParentheses = letter !== ')'
        else if (letter === ',') break
        else if (isSpace(letter)) {
          if (token) tokens.push(token)
          token = ''
          continue
        } else isInParentheses = letter === '('
        token += letter
      }
      if (token) tokens.push(token)
      at += 1
    }
    const candidate = describedBy(url, tokens)
    if (candidate) candidates.push(candidate)
  }
}

function describedBy(url: string, tokens: readonly string[]): Candidate | null {
  let [w, x, h] = [0, -1, 0]
  for (const token of tokens) {
    const number = token.slice(0, -1)
    const isWhole = /^\d+$/.test(number) && Number(number) > 0
    const isFloat = /^-?(\d+|\d*\.\d+)([eE][+-]?\d+)?$/.test(number)
    if (token.endsWith('w') && isWhole && !w && x < 0) w = Number(number)
    else if (token.endsWith('h') && isWhole && !h && x < 0) h = Number(number)
    else if (token.endsWith('x') && isFloat && Number(number) >= 0 && x < 0 && !w && !h) x = Number(number)
    else return null
  }
  return h && !w ? null : { url, w, x: x < 0 ? 1 : x }
}

test("noise is read as the standard's own steps read it", () => {
  const comparable = (candidates: Candidate[]) => candidates.map(({ url, w, x }) => [url, w, w ? 1 : Math.abs(x)])
  fc.assert(
    fc.property(
      fc.oneof(
        arbitraryNoise,
        arbitrarySrcset.map(({ text }) => text),
      ),
      srcset => {
        // Two spellings that no page uses are not told apart: a height of zero, and minus zero.
        fc.pre(!/\b0+h|-[0.e]+x/.test(srcset))
        expect(comparable(candidatesOf(srcset))).toEqual(comparable(byTheStandard(srcset)))
      },
    ),
    { numRuns: 3000 },
  )
})
