import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import type { Generation } from '../contract/generations.ts'
import { aPicture, aSpec, form, submission } from '../test/app.ts'
import { createFakeProvider } from '../test/fake-provider.ts'
import { stopTimers } from '../test/stop-timers.ts'
import { until } from '../test/until.ts'
import { newFolder, signIn, wholeApp } from '../test/whole-app.ts'

const ada = { name: 'Ada', email: 'ada@example.test' }

/** A person whose job is running, and whoever wants to know how it ends. */
async function running(options: Parameters<typeof wholeApp>[0] = {}) {
  const provider = createFakeProvider()
  const whole = await wholeApp({ providers: new Map([['local', provider]]), ...options })
  const { headers } = await signIn(whole.app, ada)
  const answer = await whole.app.inject(submission(headers, form(aSpec(), [await aPicture()])))
  const { id } = answer.json<Generation>()
  await provider.called(0)
  return { ...whole, provider, headers, id }
}

/** Looks into the file of a backend that does not run. */
function inspect<T>(file: string, sql: string): T {
  const sqlite = new Sqlite(file)
  try {
    const statement = sqlite.prepare(sql)
    return (statement.reader ? statement.get() : statement.run()) as T
  } finally {
    sqlite.close()
  }
}

test('a ledger that does not balance stops the start, and nothing is written to it', async () => {
  const dataDir = newFolder()
  const { app, file, id } = await running({ dataDir, stopGraceMs: 0 })
  await app.close()
  inspect(file, `update job set state = 'calling', ended_at = null, problem = null, charged = null where id = '${id}'`)
  inspect(file, `update account set posted = posted + 1 where kind = 'free'`)
  await expect(wholeApp({ dataDir })).rejects.toThrow(/ledger is not in order.*add up to zero/s)
  expect(inspect(file, `select state from job where id = '${id}'`)).toEqual({ state: 'calling' })
})

test('another master key stops the start; with the right one everything is there', async () => {
  const dataDir = newFolder()
  const keys = [randomBytes(32), randomBytes(32)].map(key => key.toString('base64'))
  const first = await wholeApp({ dataDir, env: { MASTER_KEY: keys[0]! } })
  const { headers } = await signIn(first.app, ada)
  await first.app.close()
  // What names nobody's key would be believed: the sealed accounts beside the database go.
  rmSync(join(dataDir, 'local-accounts.json'))
  await expect(wholeApp({ dataDir, env: { MASTER_KEY: keys[1]! } })).rejects.toThrow('master key')
  const again = await wholeApp({ dataDir, env: { MASTER_KEY: keys[0]! } })
  expect((await again.app.inject({ url: '/v1/me', headers })).json()).toMatchObject(ada)
})

test('a model that its provider cannot be called for stops the start, and says which and where', async () => {
  const modelsFile = join(newFolder(), 'models.json')
  writeFileSync(modelsFile, '[{ "id": "gpt-image-2", "parameters": { "size": "large" } }]')
  const env = { MODELS_FILE: modelsFile, OPENAI_API_KEY: 'a-key' }
  await expect(wholeApp({ env })).rejects.toThrow(/"gpt-image-2", parameters: \//)
})

test('a start that fails lets go of the folder', async () => {
  const dataDir = newFolder()
  const modelsFile = join(newFolder(), 'models.json')
  writeFileSync(modelsFile, '[{ "id": "local-restyle", "provider": "other" }]')
  await expect(wholeApp({ dataDir, env: { MODELS_FILE: modelsFile } })).rejects.toThrow('does not exist')
  expect((await (await wholeApp({ dataDir })).app.inject('/health')).json()).toMatchObject({ ok: true })
})

test('one grace for all: an upload that hangs does not make a stop take longer, and the job is ended', async () => {
  const stopGraceMs = 10_000
  const { app, headers, id, file } = await running({ stopGraceMs })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const upload = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  onTestFinished(() => void upload.destroy())
  let asked = false
  app.server.once('request', () => {
    asked = true
  })
  upload.write(
    `POST /v1/generations HTTP/1.1\r\nHost: x\r\nAuthorization: ${headers.authorization}\r\n` +
      `Idempotency-Key: ${crypto.randomUUID()}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 99\r\n\r\n`,
  )
  await until(() => asked)
  const { advance, waiting } = stopTimers()
  let isClosed = false
  const closed = app.close().then(() => {
    isClosed = true
  })
  await until(() => waiting() > 0)
  // And a moment in which the end of the grace is noticed.
  advance(stopGraceMs + 100)
  await until(() => {
    advance(0)
    return isClosed
  })
  await closed
  expect(inspect(file, `select state, problem from job where id = '${id}'`)).toEqual({
    state: 'failed',
    problem: 'interrupted',
  })
})

test('/health and the rest answer while a heavy job runs', async () => {
  const { app } = await wholeApp({ env: { LOCAL_THREADS: '1' } })
  const { headers } = await signIn(app, ada)
  const options = { aspect: 'source', size: '2K', seed: 1 } as const
  const heavy = form(aSpec({ prompt: 'painted', options, price: 2 }), [await aPicture(2048, 2048)])
  const { id } = (await app.inject(submission(headers, heavy))).json<Generation>()
  const job = async () => (await app.inject({ url: `/v1/generations/${id}`, headers })).json<Generation>()
  await until(async () => ((await job()).progress ?? 0) > 0)
  for (let i = 0; i < 20; i++) expect((await app.inject('/health')).json()).toMatchObject({ ok: true })
  expect(await job()).toMatchObject({ state: 'calling' })
  await app.inject({ method: 'POST', url: `/v1/generations/${id}/cancel`, headers })
  expect(await job()).toMatchObject({ state: 'failed', problem: 'cancelled' })
})

test('behind a proxy everybody has a limit of their own; a proxy that is not ours is not believed', async () => {
  const visits = async (env: Record<string, string>) => {
    const { app } = await wholeApp({ env: { RATE_PER_MINUTE: '1', ...env } })
    const visit = (from: string) => app.inject({ url: '/v1/models', headers: { 'x-forwarded-for': from } })
    return [(await visit('192.0.2.1')).statusCode, (await visit('192.0.2.2')).statusCode]
  }
  expect(await visits({ TRUSTED_PROXIES: '127.0.0.1' })).toEqual([200, 200])
  expect(await visits({ TRUSTED_PROXIES: '192.0.2.9' })).toEqual([200, 429])
  expect(await visits({})).toEqual([200, 429])
})

test.each([
  ['en', 'There is no such page'],
  ['ja', 'このページはありません'],
])('an address that does not exist: a page for people (%s), a problem for programs', async (language, title) => {
  const { app } = await wholeApp()
  const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': language }
  const page = await app.inject({ url: '/acount', headers: browser })
  expect([page.statusCode, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
  expect(page.body).toContain(title)
  for (const { url, headers } of [
    { url: '/acount', headers: { accept: '*/*' } },
    { url: '/v1/nothing', headers: browser },
  ])
    expect((await app.inject({ url, headers })).json()).toMatchObject({ status: 404, code: 'not_found' })
})
