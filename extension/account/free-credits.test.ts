import { expect, test } from 'vitest'
import { readConfig } from '../../bff/config/config.ts'
import { freeCredits } from './free-credits.ts'

test('the panel promises what the backend grants', () => {
  expect(freeCredits).toBe(readConfig({}).freeCredits)
})
