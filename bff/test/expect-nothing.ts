import { expect } from 'vitest'
import { audit } from '../ledger/audit.ts'
import type { TestApp } from './app.ts'

/** What a refusal must leave behind: no row, no file, no call, and the ledger in order. */
export async function expectNothing(app: TestApp): Promise<void> {
  for (const table of ['job', 'event', 'picture'] as const)
    expect(await app.database.read.selectFrom(table).selectAll().execute()).toEqual([])
  expect((await app.files()).filter(({ path }) => !path.includes('mimicit.sqlite'))).toEqual([])
  expect(app.provider.calls).toEqual([])
  expect(await audit(app.database.read)).toEqual([])
}
