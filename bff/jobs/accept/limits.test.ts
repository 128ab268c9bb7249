import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { setLimits } from '../../ledger/limits.ts'
import { aPicture, type TestPerson, testApp } from '../../test/app.ts'
import { createFakeProvider } from '../../test/fake-provider.ts'

const limits = { perDay: null, perMonth: null, askAbove: null }

async function setUp(own: Partial<typeof limits | Record<string, number>>) {
  const picture = await aPicture()
  const app = await testApp({ provider: createFakeProvider({ instant: picture }) })
  const ada: TestPerson = await app.addPerson({ credits: 50 })
  await app.database.write(trx => setLimits(trx, ada.id, { ...limits, ...own }))
  const submit = (spec: object = {}) => app.submit(ada, picture, spec)
  return { app, ada, submit }
}

test("a person's own limit of a day stops a job before anything is held or sent", async () => {
  const { app, ada, submit } = await setUp({ perDay: 1 })
  expect((await submit()).statusCode).toBe(202)
  const refused = await submit()
  expect([refused.statusCode, refused.json()]).toMatchObject([
    409,
    { code: 'cap_reached_day', params: { cap: 1, used: 1, need: 1 } },
  ])
  expect((await app.balance(ada)).available).toBe(49)
  await app.close()
})

test('above the price they want to be asked about, the same request with their word is accepted, once', async () => {
  const { app, ada, submit } = await setUp({ askAbove: 0 })
  const key = randomUUID()
  expect((await submit({ key })).json()).toMatchObject({ code: 'confirmation_needed', params: { need: 1, limit: 0 } })
  const accepted = await submit({ key, confirmed: true })
  expect(accepted.statusCode).toBe(202)
  expect((await submit({ key })).json().id).toBe(accepted.json().id)
  expect((await submit({ key, confirmed: true })).json().id).toBe(accepted.json().id)
  expect((await app.balance(ada)).available).toBe(49)
  await app.close()
})
