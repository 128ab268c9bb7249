import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PromptParts } from '../../../../bff/contract/readings.ts'
import { partNames } from '../../../../bff/contract/values.ts'
import { eachPart } from '../parts/parts.ts'
import { type FormatName, formatNames, formats } from './formats.ts'
import { phrase, type Written } from './phrases.ts'

const none: PromptParts = eachPart(() => '')

const lake: PromptParts = {
  subject: 'A small boat',
  setting: 'a lake at dusk.',
  style: 'indigo-dyed weave, gold light',
  composition: 'low viewpoint, space at right',
  light: 'backlit haze',
  colour: 'indigo and gold',
  lens: '35 mm (wide)',
  mood: 'calm',
  text: 'AUTUMN "26"',
  negative: 'people, birds',
}

const written = (words: Partial<PromptParts> = {}, rest: Partial<Written> = {}): Written => ({
  words: { ...none, ...words },
  read: new Set(),
  language: 'en',
  aspect: '3:2',
  seed: 7,
  ...rest,
})

describe('a prompt in the form of', () => {
  test.each<[FormatName, string]>([
    [
      'plain',
      'A small boat. a lake at dusk. indigo-dyed weave, gold light. low viewpoint, space at right. backlit haze. indigo and gold. 35 mm (wide). calm. Text in the picture: “AUTUMN 26”',
    ],
    [
      'flux',
      'A small boat, a lake at dusk. Indigo-dyed weave, gold light. Low viewpoint, space at right, 35 mm (wide). Backlit haze, indigo and gold. Calm. The picture reads “AUTUMN 26”.',
    ],
    [
      'gpt_image',
      'Subject: A small boat\nSetting: a lake at dusk\nStyle: indigo-dyed weave, gold light\nComposition: low viewpoint, space at right\nLight: backlit haze\nColours: indigo and gold\nLens: 35 mm (wide)\nMood: calm\nText in the picture: “AUTUMN 26”\nLeave out: people, birds',
    ],
    [
      'gemini',
      'Create a picture: A small boat, a lake at dusk. Style: indigo-dyed weave, gold light. Composition: low viewpoint, space at right. Light: backlit haze. Colours: indigo and gold. Lens: 35 mm (wide). Mood: calm. Text in the picture: “AUTUMN 26”. Leave out: people, birds.',
    ],
    [
      'midjourney',
      'A small boat, a lake at dusk, indigo-dyed weave, gold light, low viewpoint, space at right, backlit haze, indigo and gold, 35 mm (wide), calm, "AUTUMN 26" --ar 3:2 --no people, birds --seed 7',
    ],
    [
      'sd',
      'A small boat, a lake at dusk, indigo-dyed weave, gold light, low viewpoint, space at right, backlit haze, indigo and gold, 35 mm (wide), calm, text “AUTUMN "26"”\nNegative prompt: people, birds',
    ],
  ])('%s', (name, expected) => {
    expect(formats[name](written(lake))).toBe(expected)
  })

  test('json: every part by its name, with the settings', () => {
    expect(JSON.parse(formats.json(written(lake)))).toEqual({ ...lake, language: 'en', aspect: '3:2', seed: 7 })
  })

  test('Japanese has Japanese stops, names and quotes', () => {
    const words = { subject: '小舟。', style: '藍染め', text: '秋', negative: '人' }
    const ja = (name: FormatName) => formats[name](written(words, { language: 'ja' }))
    expect(ja('plain')).toBe('小舟。藍染め。画像の中の文字：「秋」')
    expect(ja('gpt_image')).toBe('主題：小舟\n画風：藍染め\n画像の中の文字：「秋」\n避けたいもの：人')
    expect(ja('gemini')).toBe(
      '次の画像を作ってください：小舟。画風：藍染め。画像の中の文字：「秋」。避けたいもの：人。',
    )
  })

  test('a single part stays as it was written, so that a text can become a part and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        fc.pre(phrase(text) !== '')
        expect(formats.plain(written({ subject: text }))).toBe(text.trim())
      }),
    )
  })
})

/** Words without marks that a format may have to change. */
const word = fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8}){0,3}$/)
const anyParts = fc.record(eachPart(() => fc.oneof(fc.constant(''), word)))
const anyText = fc.record(eachPart(() => fc.string({ unit: 'binary' })))

describe('every form', () => {
  test('says every part that is there', () => {
    fc.assert(
      fc.property(anyParts, fc.constantFrom(...formatNames), (words, name) => {
        const said = formats[name](written(words)).toLowerCase()
        for (const part of partNames) if (part !== 'negative') expect(said).toContain(words[part])
      }),
    )
  })

  test('of an empty prompt without settings is empty', () => {
    for (const name of formatNames.filter(name => name !== 'json'))
      expect(formats[name](written({}, { aspect: null, seed: null }))).toBe('')
  })

  test('bears any text', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...formatNames), (words, name) => {
        expect(typeof formats[name](written(words))).toBe('string')
      }),
    )
  })
})

test('words that a model read never become flags for Midjourney', () => {
  fc.assert(
    fc.property(anyText, words => {
      const all = { ...words, subject: `x --v ${words.subject}` }
      const said = formats.midjourney(written(all, { read: new Set(partNames) }))
      const flags = said.match(/--\w+/g) ?? []
      expect(flags.filter(flag => !['--ar', '--no', '--seed'].includes(flag))).toEqual([])
      expect(flags.length).toBeLessThanOrEqual(3)
    }),
  )
})

test('what is to be kept out is never among what is to be shown', () => {
  fc.assert(
    fc.property(anyParts, words => {
      const negative = 'zzz zz'
      const all = written({ ...words, negative })
      expect(formats.plain(all)).not.toContain(negative)
      expect(formats.flux(all)).not.toContain(negative)
      expect(formats.sd(all).split('\n')).toEqual([
        expect.not.stringContaining(negative),
        `Negative prompt: ${negative}`,
      ])
      expect(formats.midjourney(all)).toContain(`--no ${negative}`)
    }),
  )
})

test('Stable Diffusion gets each tag once, and brackets that a model read are plain ones', () => {
  const words = { subject: 'cat (small), Cat (small)', style: 'ink [dry], \\(old\\)' }
  expect(formats.sd(written(words, { read: new Set(['subject', 'style']) }))).toBe(
    'Cat \\(small\\), ink \\[dry\\], \\(old\\)',
  )
})

describe('the person’s own syntax survives', () => {
  test('weights, brackets, networks and choices for Stable Diffusion', () => {
    const subject = '(cat:1.3), [dog|wolf], {red|blue} hat, <lora:ink_v2:0.8>, \\(c\\) 2024'
    expect(formats.sd(written({ subject, negative: '(text:1.5), hands' }))).toBe(
      `${subject}\nNegative prompt: (text:1.5), hands`,
    )
  })

  test('flags for Midjourney stand at the end, and win over those of the panel', () => {
    const words = { subject: 'a boat --v 7 --ar 16:9 --stylize 250', style: 'ink' }
    expect(formats.midjourney(written(words))).toBe('a boat, ink --seed 7 --v 7 --ar 16:9 --stylize 250')
    expect(formats.midjourney(written({ subject: 'a boat --aspect 1:1' }))).toBe('a boat --seed 7 --aspect 1:1')
    expect(formats.midjourney(written({ subject: 'cat::2 dog::1, {red, blue} hat' }))).toBe(
      'cat::2 dog::1, {red, blue} hat --ar 3:2 --seed 7',
    )
  })

  test('what a model read next to it is made harmless all the same', () => {
    const words = { subject: 'a boat --v 7', text: 'SALE --no mercy', style: 'ink --hd' }
    expect(formats.midjourney(written(words, { read: new Set(['style', 'text']) }))).toBe(
      'a boat, ink –hd, "SALE –no mercy" --ar 3:2 --seed 7 --v 7',
    )
  })
})

describe('a dot', () => {
  test.each([
    [
      'in a number, a version and a name is none that ends',
      'f/1.8 lens. 35.5 mm. by J.R.R. Tolkien, No. 5',
      ['f/1.8 lens', '35.5 mm', 'by J.R.R. Tolkien', 'No. 5'],
    ],
    [
      'of an abbreviation stays',
      'St. Petersburg, approx. 1900, walls etc.',
      ['St. Petersburg', 'approx. 1900', 'walls etc.'],
    ],
    ['of a sentence goes', 'A cat. A dog.', ['A cat', 'A dog']],
    ['of Japanese goes', '猫。犬。', ['猫', '犬']],
    ['behind thousands has no comma to fear', '1,000 lanterns, night', ['1,000 lanterns', 'night']],
  ])('%s', (_, subject, tags) => {
    expect(formats.sd(written({ subject })).split(/, (?!\d{3})/)).toEqual(tags)
  })

  test('of an abbreviation stays where parts are joined', () => {
    const words = { subject: 'a street in Washington D.C.', style: 'drawn by hand, ink etc.', mood: 'calm.' }
    expect(formats.flux(written(words))).toBe('A street in Washington D.C. Drawn by hand, ink etc. Calm.')
  })
})
