import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProblemError } from '../../contract/problems.ts'
import { checkPrompt } from './prompt.ts'

const codeOf = (prompt: string) => {
  try {
    checkPrompt(prompt)
    return null
  } catch (error) {
    return error instanceof ProblemError ? error.code : error
  }
}

describe('checkPrompt', () => {
  test('4,000 code points pass, one more does not, whatever their size in UTF-16', () => {
    expect(checkPrompt('あ'.repeat(4000))).toHaveLength(4000)
    expect(checkPrompt('🎨'.repeat(4000))).toHaveLength(8000)
    expect(codeOf('あ'.repeat(4001))).toBe('prompt_too_long')
    expect(codeOf('🎨'.repeat(4001))).toBe('prompt_too_long')
  })

  test('a million emoji are refused', () => {
    expect(codeOf('😀'.repeat(1_000_000))).toBe('prompt_too_long')
  })

  test.each([
    ['high surrogate alone', 'a\ud83d'],
    ['low surrogate alone', '\ude00b'],
    ['NUL', 'a\u0000b'],
    ['escape', '\u001b[31m'],
    ['carriage return', 'a\rb'],
    ['delete', 'a\u007f'],
    ['C1 control', 'a\u0085'],
    ['right-to-left override', 'gpj\u202etxt'],
    ['isolate', '\u2066abc\u2069'],
  ])('%s is not text', (_, prompt) => {
    expect(codeOf(prompt)).toBe('prompt_invalid_text')
  })

  test('what is refused is named, with its place', () => {
    const paramsOf = (prompt: string) => {
      try {
        return checkPrompt(prompt)
      } catch (error) {
        return error instanceof ProblemError ? error.params : error
      }
    }
    expect(paramsOf('👩‍🎨 gpj\u202etxt')).toEqual({ character: 'U+202E', at: 8 })
    expect(paramsOf('a\ud83d')).toEqual({ character: 'U+D83D', at: 2 })
    expect(paramsOf('\u0007')).toEqual({ character: 'U+0007', at: 1 })
  })

  test('line ends as a form sends them are line ends', () => {
    expect(checkPrompt('one\r\ntwo\r\n\r\nthree')).toBe('one\ntwo\n\nthree')
  })

  test('line breaks, tabs, joined emoji and right-to-left scripts are text', () => {
    for (const prompt of ['one\ntwo\tthree', '👩‍🎨', 'שלום', 'صورة', '水彩で、やわらかく'])
      expect(checkPrompt(prompt)).toBe(prompt)
  })

  test('trims and composes', () => {
    expect(checkPrompt('  cafe\u0301 か\u3099\n')).toBe('café が')
    expect(checkPrompt('   ')).toBe('')
  })

  test('any string gives text that passes again unchanged, or a problem', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), prompt => {
        const code = codeOf(prompt)
        if (code !== null) {
          expect(code).toBe('prompt_invalid_text')
          return
        }
        const text = checkPrompt(prompt)
        expect(checkPrompt(text)).toBe(text)
        expect(text.isWellFormed()).toBe(true)
      }),
    )
  })
})
