import fc from 'fast-check'
import { expect, test } from 'vitest'
import { localPath } from './site.ts'

const origin = 'https://mimicit.test'

test('a path of our own is kept with its query', () => {
  expect(localPath('/extension/connect?a=1&b=2', origin)).toBe('/extension/connect?a=1&b=2')
})

test.each([
  undefined,
  '',
  'evil.test',
  '//evil.test',
  '/\\evil.test',
  '/\t/evil.test',
  '/.//evil.test',
  '/a/..//evil.test',
  '/%2e//evil.test',
  'javascript:alert(1)',
  'https://evil.test/',
  'https://mimicit.test:444/',
])('%j leads to the start page', path => expect(localPath(path, origin)).toBe('/'))

test('whatever is asked for, a browser stays on our origin', () => {
  const pieces = fc.constantFrom('/', '\\', '.', '..', '%2e', '\t', '\n', '@', ':', '?', '#', 'evil.test', 'http:', ' ')
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), parts => {
      expect(new URL(localPath(parts.join(''), origin), origin).origin).toBe(origin)
    }),
  )
})
