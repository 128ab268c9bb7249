import { randomUUID } from 'node:crypto'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { aPicture, aSpec } from '../test/app.ts'
import { createFakeProvider } from '../test/fake-provider.ts'
import { signIn, wholeApp } from '../test/whole-app.ts'

/** The whole backend on a port, with somebody who has credits for three pictures; jobs stay open. */
async function setUp() {
  const provider = createFakeProvider()
  const whole = await wholeApp({ providers: new Map([['local', provider]]), env: { FREE_CREDITS: '3' } })
  const { headers } = await signIn(whole.app, { name: 'Ada', email: 'ada@example.test' })
  const origin = await whole.app.listen({ port: 0, host: '127.0.0.1' })
  const picture = new Uint8Array(await aPicture())
  return {
    ...whole,
    async generate(key: string): Promise<{ status: number; body: { id?: string; code?: string } }> {
      const body = new FormData()
      body.set('spec', JSON.stringify(aSpec()))
      body.set('source', new Blob([picture], { type: 'image/png' }), 'source')
      const init = { method: 'POST', body, headers: { ...headers, 'idempotency-key': key } }
      const answer = await fetch(`${origin}/v1/generations`, init)
      return { status: answer.status, body: await answer.json() }
    },
    holds: () => {
      const sqlite = new Sqlite(whole.file, { readonly: true })
      const count = sqlite.prepare(`select count(*) from transfer where kind = 'hold'`).pluck().get()
      sqlite.close()
      return count
    },
  }
}

test('[C57] 100 requests at once over the wire with credits for 3: exactly 3 jobs, 97 times 402', async () => {
  const { generate, holds } = await setUp()
  const answers = await Promise.all(Array.from({ length: 100 }, () => generate(randomUUID())))
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(3)
  const refused = answers.filter(({ status }) => status !== 202)
  expect(refused.map(({ status, body }) => [status, body.code])).toEqual(Array(97).fill([402, 'insufficient_credits']))
  expect(holds()).toBe(3)
})

test('one key 50 times at once over the wire: one job, one hold, 50 equal answers', async () => {
  const { generate, holds } = await setUp()
  const key = randomUUID()
  const answers = await Promise.all(Array.from({ length: 50 }, () => generate(key)))
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
  expect(answers[0]!.status).toBe(202)
  expect(holds()).toBe(1)
})
