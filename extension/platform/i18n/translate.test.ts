import { expect, test } from 'vitest'
import { type MessageKey, messages, translate } from './translate.ts'

const rooms = Object.keys(messages.en) as (keyof typeof messages.en)[]
const placeholders = (text = '') => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

test.each(rooms)('%s says the same in both languages: same keys, same gaps', room => {
  const { en, ja } = { en: messages.en[room], ja: messages.ja[room] }
  const singular = (key: string) => key.endsWith('.one')
  expect(
    Object.keys(ja)
      .filter(key => !singular(key))
      .sort(),
  ).toEqual(
    Object.keys(en)
      .filter(key => !singular(key))
      .sort(),
  )
  for (const key of Object.keys(ja)) expect(placeholders(ja[key]), key).toEqual(placeholders(en[key]))
})

test('plural forms follow the language, and numbers are written its way', () => {
  const key: MessageKey = 'panel.balance.pictures'
  expect(translate('en', key, { count: 1 })).toBe('about 1 picture')
  expect(translate('en', key, { count: 1234 })).toBe('about 1,234 pictures')
  expect(translate('ja', key, { count: 1 })).toBe('あと約1枚')
})

test('a gap without a value stays visible instead of vanishing', () => {
  expect(translate('en', 'panel.balance.pictures')).toBe('about {count} pictures')
})

test('a key that is not known is shown, never an empty place', () => {
  expect(translate('en', 'panel.none' as MessageKey)).toBe('panel.none')
})
