import { describe, expect, test } from 'vitest'
import { readLook } from './look.ts'
import { effectWords, modifierWords, paletteWords } from './vocabulary.ts'

const all = ({ en, ja }: { en: readonly string[]; ja: readonly string[] }) => [...en, ...ja]

describe('readLook', () => {
  test('nothing known: nothing asked', () => {
    const nothing = { effect: null, palette: null, warmth: 0, light: 0, bold: 0 }
    expect(readLook('')).toEqual(nothing)
    expect(readLook('a cat on the roof, looking at me')).toEqual(nothing)
    expect(readLook('屋根の上の猫')).toEqual(nothing)
  })

  test.each(Object.entries(effectWords))('every word of %s names it when it stands alone', (name, { names, hints }) => {
    for (const word of [...all(names), ...all(hints)]) expect([word, readLook(word).effect]).toEqual([word, name])
  })

  test.each(Object.entries(paletteWords))('every word of %s names it when it stands alone', (name, words) => {
    for (const word of all(words)) expect([word, readLook(word).palette]).toEqual([word, name])
  })

  test.each(Object.keys(modifierWords) as (keyof typeof modifierWords)[])('%s goes up and down', name => {
    for (const word of all(modifierWords[name].up)) expect([word, readLook(word)[name]]).toEqual([word, 1])
    for (const word of all(modifierWords[name].down)) expect([word, readLook(word)[name]]).toEqual([word, -1])
  })

  test('reads a sentence in either language', () => {
    const english = readLook('A warm, soft WATERCOLOUR of the harbour, please')
    expect(english).toEqual({ effect: 'watercolour', palette: null, warmth: 1, light: 0, bold: -1 })
    const japanese = readLook('暖かくてやわらかい水彩で、港の絵にしてください')
    expect(japanese).toEqual({ effect: 'watercolour', palette: null, warmth: 1, light: 0, bold: -1 })
  })

  test('full-width letters are the same letters', () => {
    expect(readLook('ＰＩＸＥＬ　ＡＲＴ').effect).toBe('pixel')
  })

  test('words inside other words do not count', () => {
    expect(readLook('I think the linen is printless, thinking of pixels-free skies').effect).not.toBe('ink')
    expect(readLook('a hundred scarletti').palette).toBeNull()
  })

  test('the first of several counts, and a name beats a hint in front of it', () => {
    expect(readLook('halftone, then noir').effect).toBe('halftone')
    expect(readLook('drawn with ink').effect).toBe('ink')
    expect(readLook('手描きの墨絵').effect).toBe('ink')
  })

  test('a word that is refused does not count', () => {
    expect(readLook('no ink, not a poster, watercolour').effect).toBe('watercolour')
    expect(readLook('墨絵ではなく水彩で').effect).toBe('watercolour')
  })

  test('black and white is a look of its own, or the colour of another', () => {
    expect(readLook('black and white')).toMatchObject({ effect: 'noir', palette: 'mono' })
    expect(readLook('白黒のハーフトーン')).toMatchObject({ effect: 'halftone', palette: 'mono' })
  })
})
