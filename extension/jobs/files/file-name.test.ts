import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileName } from './file-name.ts'

const createdAt = new Date(2026, 10, 21, 9, 5).getTime()
const name = (prompt: string, model = 'fal-ai/flux-2-pro', mime = 'image/png') =>
  fileName({ model, prompt, mime, createdAt })

test('names the model, the local minute and the first words', () => {
  expect(name('A small boat on a lake, at dusk')).toBe(
    'mimicit-fal-ai-flux-2-pro-20261121-0905-A-small-boat-on-a-lake-at-dusk.png',
  )
  expect(name('夕暮れの湖に浮かぶ小舟、逆光')).toBe(
    'mimicit-fal-ai-flux-2-pro-20261121-0905-夕暮れの湖に浮かぶ小舟-逆光.png',
  )
})

test('without words there is no empty part, and the ending follows the bytes', () => {
  expect(name('  …  ')).toBe('mimicit-fal-ai-flux-2-pro-20261121-0905.png')
  expect(name('boat', 'restyle', 'image/jpeg')).toBe('mimicit-restyle-20261121-0905-boat.jpg')
  expect(name('boat', 'restyle', 'image/webp')).toBe('mimicit-restyle-20261121-0905-boat.webp')
})

test('long words are cut between words where there are any', () => {
  expect(name(`${'lake '.repeat(20)}`)).toMatch(/-lake-lake\.png$/)
  expect([...name('湖'.repeat(500))].length).toBeLessThan(100)
})

test('composed and decomposed kana give the same name', () => {
  expect(name('ガラス'.normalize('NFD'))).toBe(name('ガラス'))
})

test('is safe on every file system, whatever the prompt and the model are called', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string(), (prompt, model, mime) => {
      const result = name(prompt, model, mime)
      expect(result).toMatch(/^mimicit-[\p{L}\p{M}\p{N}-]+\.(png|jpg|webp)$/u)
      expect(result).not.toMatch(/--|-\./)
      expect(new TextEncoder().encode(result).length).toBeLessThanOrEqual(255)
    }),
    { numRuns: 200 },
  )
})
