import { describe, expect, test } from 'vitest'
import { type Role, roles } from '../../contract/models.ts'
import type { ImageRequest } from '../provider.ts'
import { describeSources, promptText } from './prompt.ts'

const source = (role: Role, weight = 100) => ({
  bytes: Buffer.alloc(0),
  mime: 'image/png' as const,
  width: 64,
  height: 64,
  role,
  weight,
})

const request = (prompt: string, sources: ReturnType<typeof source>[], negative = ''): ImageRequest => ({
  kind: 'image',
  endpoint: 'any',
  parameters: {},
  prompt,
  negative,
  sources,
  width: 1024,
  height: 1024,
  aspect: '1:1',
  size: '1K',
  quality: null,
  count: 1,
  seed: 1,
  transparent: false,
})

describe('describeSources', () => {
  test('says nothing where the words say all: no picture, or one subject in full', () => {
    expect(describeSources(request('a cat', []))).toBe('')
    expect(describeSources(request('', []))).toBe('')
    expect(describeSources(request('as a knight', [source('subject')]))).toBe('')
    expect(promptText(request('  as a knight\n', [source('subject')]))).toBe('as a knight')
  })

  test('one subject without words asks for a faithful new picture', () => {
    const asked = 'Make a new picture that shows the subject of this picture faithfully.'
    expect(promptText(request('   ', [source('subject')]))).toBe(asked)
  })

  test('numbers the pictures in the order of the person, each with its role and strength', () => {
    const sources = [source('style', 70), source('subject'), source('composition', 40), source('light', 5)]
    expect(describeSources(request('a fox', sources)).split('\n')).toEqual([
      'Picture 1 gives the style: take its technique, texture and way of drawing, not what it shows. Follow it clearly, with some freedom.',
      'Picture 2 is the subject: keep who or what it shows recognisable. Follow it closely.',
      'Picture 3 gives the composition: take its framing, point of view and where things stand, not what it shows. Follow it loosely.',
      'Picture 4 gives the light: take its direction, softness and colour of light and nothing else. Let it be no more than a hint.',
    ])
  })

  test('each role has words of its own; a lone picture has no number', () => {
    const told = roles.map(role => describeSources(request('a fox', [source(role, 50)])))
    expect(new Set(told).size).toBe(roles.length)
    for (const text of told) expect(text).toMatch(/^This picture (is|gives) /)
  })

  test('a picture without weight keeps its number, so that the others keep theirs', () => {
    const lines = describeSources(request('a fox', [source('palette', 0), source('subject')])).split('\n')
    expect(lines[0]).toMatch(/^Picture 1 .* Do not use it\.$/)
    expect(lines[1]).toMatch(/^Picture 2 is the subject/)
  })

  test('without words the last line says what to make', () => {
    const last = (...sources: ReturnType<typeof source>[]) => describeSources(request('', sources)).split('\n').at(-1)
    expect(last(source('subject'), source('style'))).toBe(
      'Make a new picture that shows the subject faithfully, guided by the other pictures as described.',
    )
    expect(last(source('subject'), source('subject'))).toBe(
      'Make a new picture that shows all the subjects together faithfully.',
    )
    expect(last(source('subject'), source('style', 0))).toBe('Make a new picture that shows the subject faithfully.')
    expect(last(source('style'))).toBe('Make a new picture from these references.')
  })

  test('a stronger weight never reads weaker', () => {
    const order = ['Do not', 'hint', 'loosely', 'clearly', 'closely']
    const rank = (weight: number) => {
      const text = describeSources(request('a fox', [source('style', weight)]))
      return order.findIndex(word => text.includes(word))
    }
    const ranks = Array.from({ length: 101 }, (_, weight) => rank(weight))
    expect(ranks).toEqual(ranks.toSorted((one, two) => one - two))
    expect(new Set(ranks)).toEqual(new Set([0, 1, 2, 3, 4]))
  })
})

describe('promptText', () => {
  test('pictures first, then the words as they are, then what to keep out', () => {
    const text = promptText(request('狐、雪の中', [source('subject'), source('palette')], 'text, people'))
    expect(text.split('\n\n')).toEqual([
      describeSources(request('狐、雪の中', [source('subject'), source('palette')])),
      '狐、雪の中',
      'Keep out of the picture: text, people',
    ])
  })
})
