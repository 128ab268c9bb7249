import { once } from 'node:events'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../scripts/ports.ts'
import { startBackend } from '../scripts/processes.ts'
import type { Generation } from './contract/generations.ts'
import { aPicture, aSpec, form, submission } from './test/app.ts'
import { inspect } from './test/crash/inspect.ts'
import { signIn } from './test/sign-in.ts'
import { newFolder } from './test/whole-app.ts'

const freeCredits = 50

test('[C70] SIGTERM with jobs under way: the process ends in time, every job has its end, and nothing is lost', async () => {
  const dataDir = newFolder()
  const env = {
    NODE_ENV: 'development',
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    FREE_CREDITS: String(freeCredits),
    LOG_LEVEL: 'error',
  }
  const backend = await startBackend(env)
  onTestFinished(() => void backend.process.kill('SIGKILL'))
  const { accessToken } = await signIn(backend.origin, { name: 'Ada', email: 'ada@example.test' })
  const picture = await aPicture(640, 480)
  const submit = async () => {
    const { url, ...request } = submission({ authorization: `Bearer ${accessToken}` }, form(aSpec(), [picture]))
    const { payload, ...init } = request
    const answer = await fetch(backend.origin + url, { ...init, body: new Uint8Array(payload) })
    return (await answer.json()) as Generation
  }
  const jobs = await Promise.all([submit(), submit(), submit(), submit()])

  const ended = once(backend.process, 'exit')
  backend.process.kill('SIGTERM')
  // 0: it has ended by itself, before the limit that it has set itself.
  expect(await ended).toEqual([0, null])

  const file = join(dataDir, 'mimicit.db')
  expect(inspect(dataDir, file)).toEqual([])
  const sqlite = new Sqlite(file, { readonly: true })
  onTestFinished(() => void sqlite.close())
  const rows = sqlite.prepare<[], { id: string; state: string; problem: string | null }>('select * from job').all()
  expect(rows.map(({ id }) => id).toSorted()).toEqual(jobs.map(({ id }) => id).toSorted())
  const done = rows.filter(({ state }) => state === 'done')
  const rest = rows.filter(({ state }) => state !== 'done')
  for (const job of rest) expect(job).toMatchObject({ state: 'failed', problem: 'interrupted' })
  const free = sqlite.prepare(`select posted, pending from account where kind = 'free'`).get()
  expect(free).toEqual({ posted: freeCredits - done.length, pending: 0 })
})

test.each([
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be one of: fatal, error, warn, info, debug, silent.'],
  ['MODELS_FILE', join(import.meta.dirname, 'main.ts'), /^The model catalogue .*main\.ts cannot be read: [^\n]*$/],
])('a start that is refused for %s is one sentence', async (name, value, sentence) => {
  const env = { NODE_ENV: 'development', PORT: String(await freePort()), DATA_DIR: newFolder(), LOG_LEVEL: 'error' }
  await expect(startBackend({ ...env, [name]: value })).rejects.toThrow(sentence)
})

test('a process that was started with a channel ends with the one who started it', async () => {
  const backend = await startBackend({
    NODE_ENV: 'development',
    PORT: String(await freePort()),
    DATA_DIR: newFolder(),
    LOG_LEVEL: 'error',
  })
  onTestFinished(() => void backend.process.kill('SIGKILL'))
  const ended = once(backend.process, 'exit')
  backend.process.disconnect()
  expect(await ended).toEqual([0, null])
})
