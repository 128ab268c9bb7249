import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBase64Extractor } from './base64-extractor.ts'

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)

/** Writes the document in pieces of these lengths; what is left, in one. */
function read(document: string | Buffer, lengths: readonly number[] = []) {
  const bytes = Buffer.from(document as string)
  const extractor = createBase64Extractor()
  let at = 0
  for (const length of lengths) {
    extractor.write(bytes.subarray(at, at + length))
    at += length
  }
  extractor.write(bytes.subarray(at))
  return { json: extractor.end().toString(), extractor }
}

const long = (length: number, value = 7) => Buffer.alloc(length, value)

test('a long base64 text is decoded, and a name stands in its place', () => {
  const picture = long(300_000)
  const { json, extractor } = read(
    JSON.stringify({ created: 1, data: [{ b64_json: picture.toString('base64') }, 'x'] }),
  )
  const answer = JSON.parse(json)
  expect(answer).toEqual({ created: 1, data: [{ b64_json: 'extracted:0' }, 'x'] })
  expect(extractor.decode('extracted:0')!.equals(picture)).toBe(true)
  for (const other of ['extracted:1', '???']) expect(extractor.decode(other)).toBeNull()
  expect(extractor.decode('aGk=')!.toString()).toBe('hi')
})

test.each([0, 100, 400_100, 1e12, Number.NaN])('%d bytes that were said to come change nothing', said => {
  const extractor = createBase64Extractor()
  const picture = long(300_000)
  extractor.expect(said)
  extractor.write(Buffer.from(JSON.stringify([picture.toString('base64')])))
  expect(JSON.parse(extractor.end().toString())).toEqual(['extracted:0'])
  expect(extractor.decode('extracted:0')!.equals(picture)).toBe(true)
})

test('a long text that is none is known as none', () => {
  const words = 'a "quiet" harbour, '.repeat(1000)
  const { json, extractor } = read(JSON.stringify({ words, of: 'a person' }))
  expect(JSON.parse(json)).toEqual({ words: 'extracted:0', of: 'a person' })
  expect(extractor.decode('extracted:0')).toBeNull()
})

test('slashes may be escaped, and what is no JSON passes as it is', () => {
  const bytes = long(9000, 255)
  const escaped = JSON.stringify({ data: bytes.toString('base64') }).replaceAll('/', '\\/')
  const { extractor } = read(escaped, [4999, 1, 1, 1])
  expect(extractor.decode('extracted:0')!.equals(bytes)).toBe(true)
  for (const page of ['<!doctype html><title>No</title>', '{"cut":"of', '{"cut":"of\\', '', '"']) {
    expect(read(page).json).toBe(page)
  }
})

test(`any document, cut anywhere, is the same with its long texts put back (seed ${seed})`, () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"', '\\', '\\"', 'extracted', '/'),
    fc
      .tuple(fc.integer({ min: 3000, max: 20_000 }), fc.nat(255))
      .map(([length, value]) => Buffer.alloc(length, value).toString('base64')),
  )
  const value = fc.letrec<{ value: unknown }>(tie => ({
    value: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.integer(),
      fc.constant(null),
      fc.array(tie('value')),
      fc.dictionary(text, tie('value')),
    ),
  })).value
  fc.assert(
    fc.property(value, fc.boolean(), fc.array(fc.nat(5000)), (document, escapes, lengths) => {
      const plain = JSON.stringify(document)
      const written = escapes ? plain.replaceAll('/', '\\/') : plain
      const { json, extractor } = read(written, lengths)
      const back = json.replace(/extracted:\d+/g, name => extractor.decode(name)?.toString('base64') ?? name)
      const unescaped = (text: string) => text.replaceAll('\\/', '/')
      expect(unescaped(back)).toBe(unescaped(written))
    }),
    { seed, numRuns: 200 },
  )
})
