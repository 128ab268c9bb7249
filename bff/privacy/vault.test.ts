import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createVault } from './vault.ts'

const vault = createVault(randomBytes(32))
const box = vault.open(vault.createKey().wrapped)

test('what is sealed comes back, and its text is not in the sealed bytes', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8 }), fc.string(), (plain, context) => {
      const sealed = Buffer.from(box.seal(plain, context))
      expect(box.unseal(sealed, context).toString()).toBe(Buffer.from(plain).toString())
      expect(sealed.includes(Buffer.from(plain))).toBe(false)
    }),
  )
})

test('one changed byte, another place or another person is refused', () => {
  const sealed = Buffer.from(box.seal('a small boat', 'job.prompt:1'))
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed)
    changed[i] = changed[i]! ^ 1
    expect(() => box.unseal(changed, 'job.prompt:1')).toThrow()
  }
  expect(() => box.unseal(sealed, 'job.prompt:2')).toThrow()
  expect(() => vault.open(vault.createKey().wrapped).unseal(sealed, 'job.prompt:1')).toThrow()
})

test('a picture is sealed in pieces, each given back when the next is asked for', () => {
  const picture = randomBytes(600_000)
  const pieces: Uint8Array[] = []
  const sealed: Buffer[] = []
  for (const piece of box.sealInPieces(picture, 'picture.file:1')) {
    pieces.push(piece)
    sealed.push(Buffer.from(piece))
  }
  expect(box.unseal(Buffer.concat(sealed), 'picture.file:1').equals(picture)).toBe(true)
  expect(pieces.length).toBeGreaterThan(3)
  expect(pieces.slice(1, -1).map(piece => piece.length)).toEqual(Array(pieces.length - 2).fill(0))
})

test('a wrong master key fails closed', () => {
  const { wrapped } = vault.createKey()
  expect(() => createVault(randomBytes(32)).open(wrapped)).toThrow()
})

test('a fingerprint depends on the key and on where each part ends', () => {
  expect(box.fingerprint('ab', 'c')).toBe(box.fingerprint('ab', 'c'))
  expect(box.fingerprint('ab', 'c')).not.toBe(box.fingerprint('a', 'bc'))
  expect(box.fingerprint('ab')).not.toBe(vault.open(vault.createKey().wrapped).fingerprint('ab'))
})
