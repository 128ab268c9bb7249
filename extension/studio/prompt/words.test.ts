import { describe, expect, test } from 'vitest'
import { eachLanguage } from '../../../bff/contract/values.ts'
import { type Choices, noChoices } from '../order/choices.ts'
import { emptyParts, textsOf, withOwnWords } from './parts/parts.ts'
import { inParts, inText, wordsInParts, wordsOf } from './words.ts'

const choices = (change: Partial<Choices>): Choices => ({ ...noChoices, ...change })
const boat = withOwnWords(emptyParts, { subject: 'a boat', style: 'ink' })
const bilingual = { ...emptyParts, subject: { ...eachLanguage(() => 'a boat'), ja: '小舟', locked: false } }

describe('from text to parts and back', () => {
  test('a text becomes the first part, and that part the same text again', () => {
    const text = choices({ prompt: 'a boat, at dusk.' })
    const parts = { ...text, ...inParts(text) }
    expect(textsOf(parts.parts, 'en').subject).toBe('a boat, at dusk.')
    expect({ ...parts, ...inText(parts, 'en') }).toMatchObject({ view: 'text', prompt: 'a boat, at dusk.' })
  })

  test('a text that came from parts follows them; one’s own stays, and so do the parts', () => {
    const first = { ...choices({ parts: boat, view: 'parts' }), ...inText(choices({ parts: boat }), 'en') }
    expect(first.prompt).toBe('a boat. ink')
    const changed = { ...first, parts: withOwnWords(first.parts, { style: 'oil' }) }
    expect(inText(changed, 'en')).toMatchObject({ prompt: 'a boat. oil' })
    const edited = { ...changed, prompt: 'my own' }
    expect({ ...edited, ...inText(edited, 'en') }.prompt).toBe('my own')
    expect({ ...edited, ...inParts(edited) }.parts).toBe(edited.parts)
  })
})

describe('the words on show', () => {
  test('are said in the language of the parts, else of the panel', () => {
    const parts = choices({ parts: bilingual, view: 'parts' })
    expect(wordsOf(parts, 'ja').prompt).toBe('小舟')
    expect(wordsOf({ ...parts, language: 'en' }, 'ja').prompt).toBe('a boat')
  })

  test('to keep out belong to the text as well', () => {
    const text = choices({ prompt: 'a boat', parts: withOwnWords(emptyParts, { negative: ' people ' }) })
    expect(wordsOf(text, 'en')).toEqual({ prompt: 'a boat', negative: 'people' })
    expect(wordsInParts(text, 'en')).toMatchObject({ words: { subject: 'a boat', style: '', negative: ' people ' } })
  })
})
