import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createStreamParser, type StreamMessage } from './event-stream.ts'

function parse(pieces: readonly string[]): StreamMessage[] {
  const messages: StreamMessage[] = []
  const feed = createStreamParser(message => messages.push(message))
  for (const piece of pieces) feed(piece)
  return messages
}

test('names, data and ids are read as the standard says', () => {
  const stream =
    ': heartbeat\n\nid: 7\nevent: job\ndata: {"a":1}\n\nevent:balance\ndata:\n\ndata: one\ndata:two\ndata:  three\n\nevent: none\n\ndata: last'
  expect(parse([stream])).toEqual([
    { event: 'job', data: '{"a":1}', id: '7' },
    { event: 'balance', data: '', id: '7' },
    { event: 'message', data: 'one\ntwo\n three', id: '7' },
  ])
})

test('fields that are not known, retry and ids with a NUL are skipped', () => {
  expect(parse(['retry: 10\nmore: x\nid: a\0b\ndata\n\n'])).toEqual([{ event: 'message', data: '', id: '' }])
})

const field = fc.oneof(
  fc.record({ name: fc.constant('data'), value: fc.stringMatching(/^[^\r\n\0]{0,12}$/) }),
  fc.record({ name: fc.constantFrom('event', 'id'), value: fc.stringMatching(/^[a-z0-9]{1,6}$/) }),
  fc.record({ name: fc.constant(''), value: fc.constant('heartbeat') }),
)
const ending = fc.constantFrom('\n', '\r\n', '\r')

test('cut at any place, with each of the line endings, the same messages come out', () => {
  const property = fc.property(
    fc.array(fc.array(field, { maxLength: 5 }), { maxLength: 6 }),
    ending,
    fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
    (blocks, lineEnd, sizes) => {
      const lines = blocks.flatMap(block => [...block.map(({ name, value }) => `${name}: ${value}`), ''])
      const whole = parse([lines.map(line => `${line}\n`).join('')])
      const text = lines.map(line => line + lineEnd).join('')
      const pieces: string[] = []
      for (let at = 0; at < text.length; ) {
        const size = sizes.next().value ?? 1
        pieces.push(text.slice(at, at + size))
        at += size
      }
      expect(parse(pieces)).toEqual(whole)
    },
  )
  fc.assert(property, { numRuns: 300, seed: 20261121 })
})
