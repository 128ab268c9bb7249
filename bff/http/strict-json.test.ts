import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseStrictJson } from './strict-json.ts'

test('every plain JSON text is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2, '\t'), (value, space) => {
      const text = JSON.stringify(value, null, space)
      expect(parseStrictJson(text)).toEqual(JSON.parse(text))
    }),
  )
})

test('a key that stands twice in one object is refused, wherever it stands and however it is written', () => {
  const escaped = (key: string) =>
    [...key].map(char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  const key = fc.stringMatching(/^[a-z_{}[\]:,]{1,8}$/)
  fc.assert(
    fc.property(key, fc.jsonValue({ maxDepth: 2 }), fc.boolean(), (name, value, isEscaped) => {
      const inner = JSON.stringify(value)
      const twice = `{"${name}":${inner},"x y":1,"${isEscaped ? escaped(name) : name}":2}`
      for (const text of [twice, `[1,${twice}]`, `{"outer":${twice}}`])
        expect(() => parseStrictJson(text)).toThrow('not well formed')
      expect(parseStrictJson(`{"a":{"${name}":1},"b":{"${name}":2}}`)).toBeTruthy()
    }),
  )
})

test('what is too deep or no JSON is refused', () => {
  for (const text of ['[[[[[[[[[]]]]]]]]]', '', '{"a":}', '{a:1}', "{'a':1}", '{"a":1,}', 'NaN', '"\\x"'])
    expect(() => parseStrictJson(text)).toThrow('not well formed')
})
