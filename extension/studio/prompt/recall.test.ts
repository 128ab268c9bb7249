import { describe, expect, test } from 'vitest'
import en from '../../locales/en/studio.json' with { type: 'json' }
import ja from '../../locales/ja/studio.json' with { type: 'json' }
import { isComposing } from '../../ui/composing.ts'
import { phrasesOf, rollDice } from './dice.ts'
import { mayRecall, recalled, remember, startRecall, stepRecall } from './recall.ts'

describe('an input method', () => {
  test('keeps the keys that confirm kanji; the same key after it is ours', () => {
    expect(isComposing({ isComposing: true, keyCode: 13 })).toBe(true)
    expect(isComposing({ isComposing: false, keyCode: 229 })).toBe(true)
    expect(isComposing({ isComposing: false, keyCode: 13 })).toBe(false)
  })
})

describe('the dice', () => {
  const kinds = [
    ['ink', 'poster'],
    ['morning', 'night'],
  ]

  test('join one phrase of each kind', () => {
    expect(rollDice(kinds, ', ', '', () => 0)).toBe('ink, morning')
    expect(rollDice(kinds, '、', '', () => 0.99)).toBe('poster、night')
  })

  test('show something else than what is written', () => {
    const numbers = [0, 0, 0.6, 0]
    expect(rollDice(kinds, ', ', 'ink, morning', () => numbers.shift() ?? 0)).toBe('poster, morning')
  })

  test('have as many phrases in either language', () => {
    for (const kind of ['dice.look', 'dice.light', 'dice.colour'] as const) {
      expect(phrasesOf(en[kind]).every(phrase => phrase.length > 0)).toBe(true)
      expect(phrasesOf(ja[kind])).toHaveLength(phrasesOf(en[kind]).length)
    }
  })
})

describe('earlier prompts', () => {
  const past = ['newest', 'older', 'oldest']

  test('come one by one and stop at the oldest; the draft waits at the near end', () => {
    let recall = startRecall(past, '')
    const seen = [1, 1, 1, 1, -1, -1, -1, -1].map(step => {
      recall = stepRecall(recall, step === 1 ? 1 : -1)
      return recalled(recall)
    })
    expect(seen).toEqual(['newest', 'older', 'oldest', 'oldest', 'older', 'newest', '', ''])
  })

  test('come only from an empty field or while walking, so that Up still moves the caret in a text', () => {
    expect(mayRecall(null, '')).toBe(true)
    expect(mayRecall(null, 'two\nlines')).toBe(false)
    const walking = stepRecall(startRecall(past, ''), 1)
    expect(mayRecall(walking, 'newest')).toBe(true)
    expect(mayRecall(walking, 'newest, edited')).toBe(false)
  })

  test('stand once each, newest first, fifty at most', () => {
    expect(remember(['a', 'b'], ' b ')).toEqual(['b', 'a'])
    expect(remember(['a'], '  ')).toEqual(['a'])
    const many = Array.from({ length: 60 }, (_, i) => `p${i}`).reduce<readonly string[]>(remember, [])
    expect(many).toHaveLength(50)
    expect(many[0]).toBe('p59')
  })
})
