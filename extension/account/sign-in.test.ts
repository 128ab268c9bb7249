import { expect, test } from 'vitest'
import { challengeOf, randomSecret } from './sign-in.ts'

test('the challenge is that of the example in RFC 7636, appendix B', async () => {
  expect(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  )
})

test('secrets are 43 characters that need no escaping in an address, and never the same', () => {
  const secrets = Array.from({ length: 200 }, randomSecret)
  for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(new Set(secrets).size).toBe(200)
})
