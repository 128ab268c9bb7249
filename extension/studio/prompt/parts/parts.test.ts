import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Reading } from '../../../../bff/contract/readings.ts'
import { eachLanguage, partNames } from '../../../../bff/contract/values.ts'
import {
  areEmpty,
  eachPart,
  emptyParts,
  fillEmpty,
  otherWords,
  type Parts,
  replaceWords,
  textsOf,
  withLock,
  withOwnWords,
} from './parts.ts'

const reading: Reading = {
  ...eachLanguage(() => ({ ...eachPart(() => ''), subject: 'a boat', style: 'ink', light: 'haze' })),
  ja: { ...eachPart(() => ''), subject: '小舟', style: '墨絵', light: '霧' },
}

describe('a reading', () => {
  test('fills empty parts in both languages at once', () => {
    const filled = fillEmpty(emptyParts, reading)
    expect(textsOf(filled, 'en')).toEqual(reading.en)
    expect(textsOf(filled, 'ja')).toEqual(reading.ja)
  })

  test('leaves own words, locked parts and the part one is writing in', () => {
    const parts = withLock(withOwnWords(emptyParts, { subject: 'my cat' }), 'style', true)
    expect(textsOf(fillEmpty(parts, reading, 'light'), 'en')).toEqual({ ...eachPart(() => ''), subject: 'my cat' })
  })

  test('tells for which parts it has other words, and takes their place only when asked', () => {
    const parts = withLock(withOwnWords(emptyParts, { subject: 'my cat', style: 'oil' }), 'style', true)
    const filled = fillEmpty(parts, reading)
    expect(otherWords(filled, reading)).toEqual(['subject'])
    const replaced = replaceWords(filled, reading)
    expect(textsOf(replaced, 'ja')).toMatchObject({ subject: '小舟', style: 'oil', light: '霧' })
    expect(otherWords(replaced, reading)).toEqual([])
  })

  test('never changes what has words or is locked, whatever it says', () => {
    const part = fc.record({ ...eachLanguage(() => fc.string()), locked: fc.boolean() })
    const anyParts: fc.Arbitrary<Parts> = fc.record(eachPart(() => part))
    const anyReading = fc.record(eachLanguage(() => fc.record(eachPart(() => fc.string()))))
    fc.assert(
      fc.property(anyParts, anyReading, (parts, read) => {
        const filled = fillEmpty(parts, read)
        const replaced = replaceWords(parts, read)
        for (const name of partNames) {
          const { en, ja, locked } = parts[name]
          if (locked || en.trim() || ja.trim()) expect(filled[name]).toEqual(parts[name])
          if (locked) expect(replaced[name]).toEqual(parts[name])
        }
      }),
    )
  })
})

test('own words are the same in either language', () => {
  const parts = withOwnWords(fillEmpty(emptyParts, reading), { subject: 'my cat' })
  expect([parts.subject.en, parts.subject.ja]).toEqual(['my cat', 'my cat'])
  expect(areEmpty(parts)).toBe(false)
})
