import Fastify from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { registerAccess } from '../http/access.ts'
import { type TestDatabase, testDatabase } from '../test/database.ts'
import { insertPerson } from '../test/rows.ts'
import { createLedger } from './ledger.ts'
import { balanceRoutes } from './routes.ts'

let testing: TestDatabase
beforeEach(async () => {
  testing = await testDatabase()
})
afterEach(() => testing.close())

test('a person reads their own balance', async () => {
  const { database } = testing
  const ledger = createLedger({ now: () => 1 })
  const [first, second] = await database.write(async trx => {
    const ids = [await insertPerson(trx), await insertPerson(trx)] as const
    for (const [index, id] of ids.entries()) {
      await ledger.open(trx, id)
      await ledger.grantFree(trx, { personId: id, subjectHash: id, credits: 10 * (index + 1) })
    }
    return ids
  })
  const app = Fastify()
  const people: Record<string, string> = { a: first, b: second }
  registerAccess(app, {
    token: async token => (people[token[0]!] ? { id: people[token[0]!]!, familyId: 'f' } : null),
    session: async () => null,
    refusal: async () => null,
  })
  await app.register(balanceRoutes({ database, ledger }))
  const ask = (letter: string) =>
    app.inject({ url: '/v1/balance', headers: { authorization: `Bearer ${letter.repeat(43)}` } })

  expect((await ask('a')).json()).toEqual({ available: 10, free: 10, paid: 0, held: 0 })
  expect((await ask('b')).json()).toEqual({ available: 20, free: 20, paid: 0, held: 0 })
  expect((await ask('x')).statusCode).toBe(401)
  await app.close()
})
