import { expect, test } from 'vitest'
import { release } from './release.ts'

test('large bytes are gone at once', () => {
  const bytes = Buffer.alloc(1_000_000)
  const { buffer } = bytes
  release(bytes.subarray(0, 10))
  expect([bytes.length, buffer.byteLength]).toEqual([0, 0])
})

test('small bytes stay: Node keeps many of them in one place', () => {
  const others = Buffer.from('of somebody else')
  release(Buffer.from('small'))
  expect(others.toString()).toBe('of somebody else')
})
