import { describe, expect, test } from 'vitest'
import type { Model } from '../../../bff/contract/models.ts'
import type { Reading } from '../../../bff/contract/readings.ts'
import { eachLanguage } from '../../../bff/contract/values.ts'
import { model } from '../../catalogue/test/model.ts'
import { eachPart, emptyParts, fillEmpty, textsOf, withLock, withOwnWords } from '../prompt/parts/parts.ts'
import { changedParts, withoutFilled } from './fill-parts.ts'
import { readerFor, readingOptions, readingPrice } from './reading-order.ts'

const reader = (id: string, base: number, change: Partial<Model> = {}): Model => ({
  ...model,
  id,
  kind: 'reading',
  sizes: [{ name: 'text', longSide: 1024 }],
  aspects: ['source'],
  price: { base, perSize: { text: 0 }, perQuality: {}, perPicture: 3 },
  ...change,
})

describe('the model that reads', () => {
  const list = [
    model,
    reader('fine', 3),
    reader('closed', 0, { availability: 'needs_key' }),
    reader('a', 1),
    reader('b', 1),
  ]

  test('is the cheapest that can be used, else the chosen one', () => {
    expect(readerFor(list, null)?.id).toBe('a')
    expect(readerFor(list, 'fine')?.id).toBe('fine')
    expect(readerFor(list, 'closed')?.id).toBe('a')
    expect(readerFor([model], null)).toBeUndefined()
  })

  test('is asked for one picture, at the price of one', () => {
    expect(readingOptions(reader('a', 1))).toMatchObject({ aspect: 'source', size: 'text', count: 1 })
    expect(readingPrice(reader('a', 1))).toBe(1)
  })
})

describe('undo of a reading', () => {
  const reading: Reading = {
    ...eachLanguage(() => ({ ...eachPart(() => ''), subject: 'a boat', style: 'ink', light: 'haze' })),
    ja: { ...eachPart(() => ''), subject: '小舟', style: '墨絵', light: '霧' },
  }
  const before = withOwnWords(emptyParts, { subject: 'my cat' })
  const filled = fillEmpty(before, reading)

  test('takes its words back', () => {
    expect(changedParts(before, filled)).toEqual(['style', 'light'])
    expect(withoutFilled(filled, before, filled)).toEqual(before)
  })

  test('leaves what was written or locked since', () => {
    const now = withLock(withOwnWords(filled, { subject: 'my dog', style: 'ink and wash' }), 'light', true)
    const undone = withoutFilled(now, before, filled)
    expect(textsOf(undone, 'en')).toEqual({ ...eachPart(() => ''), subject: 'my dog', style: 'ink and wash' })
    expect(undone.light.locked).toBe(true)
  })
})
