import { createHash } from 'node:crypto'
import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { ProviderError } from '../providers/provider-error.ts'
import { aPicture, type TestApp, testApp } from '../test/app.ts'
import { createFakeProvider } from '../test/fake-provider.ts'

const canary = 'canary-prompt-7f3a'

/** A picture with enough noise that a piece of its bytes stands nowhere by chance. */
const aSource = () =>
  sharp({
    create: {
      width: 80,
      height: 60,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 50 },
    },
  })
    .png()
    .toBuffer()

const hashes = (bytes: Buffer) =>
  ['sha256', 'sha1', 'md5'].flatMap(name => {
    const digest = createHash(name).update(bytes).digest()
    return [digest, Buffer.from(digest.toString('hex')), Buffer.from(digest.toString('base64'))]
  })

/** Looks for the source, what was made of it, their hashes and the prompt in every byte on the disk. */
async function expectNowhere(app: TestApp, needles: Buffer[]) {
  const files = await app.files()
  expect(files.some(({ path }) => path.endsWith('-wal'))).toBe(true)
  for (const { path, bytes } of files)
    for (const needle of needles) expect([path, bytes.indexOf(needle)]).toEqual([path, -1])
}

async function setUp(repeatable = true) {
  const app = await testApp({ provider: createFakeProvider({ repeatable }) })
  onTestFinished(() => app.close())
  const person = await app.addPerson()
  const source = await aSource()
  const { id } = (await app.submit(person, source, { prompt: canary })).json()
  const call = await app.provider.called(0)
  const sent = call.request.sources[0]!.bytes
  const needles = [source, sent].flatMap(bytes => [bytes.subarray(100, 160), ...hashes(bytes)])
  return { app, person, id, call, needles: [...needles, Buffer.from(canary)] }
}

describe('[P36] of a source nothing is left', () => {
  test('[P59] after success nothing of the source is on the disk, and neither words nor result in the clear', async () => {
    const { app, person, id, call, needles } = await setUp()
    await expectNowhere(app, needles)
    const result = await aPicture(200, 150)
    call.answer(result)
    await app.generations.idle()
    expect(await app.generation(person, id)).toMatchObject({ state: 'done', prompt: canary })
    const signatures = ['\x89PNG\r\n', 'WEBPVP8'].map(text => Buffer.from(text, 'latin1'))
    await expectNowhere(app, [...needles, result.subarray(0, 40), ...hashes(result), ...signatures])
  })

  test('after a failure', async () => {
    const { app, person, id, call, needles } = await setUp()
    call.fail(new ProviderError({ kind: 'bad_answer' }))
    await app.generations.idle()
    expect(await app.generation(person, id)).toMatchObject({ state: 'failed' })
    await expectNowhere(app, needles)
  })

  test('after a time-out', async () => {
    const { app, person, id, needles } = await setUp(false)
    app.clock.advance(120_000)
    await app.generations.idle()
    expect(await app.generation(person, id)).toMatchObject({ state: 'unknown' })
    await expectNowhere(app, needles)
  })

  test('after being stopped', async () => {
    const { app, person, id, needles } = await setUp()
    await app.http.inject({ method: 'POST', url: `/v1/generations/${id}/cancel`, headers: person.headers })
    await app.generations.idle()
    expect(await app.generation(person, id)).toMatchObject({ problem: 'cancelled' })
    await expectNowhere(app, needles)
  })

  test('after a crash, and after the restart', async () => {
    const { app, person, id, needles } = await setUp()
    await app.restart()
    expect(await app.generation(person, id)).toMatchObject({ problem: 'interrupted' })
    await expectNowhere(app, needles)
  })

  test('after a refusal, and no upload goes through a temporary file', async () => {
    const temp = await mkdtemp(join(tmpdir(), 'mimicit-temp-'))
    vi.stubEnv('TMPDIR', temp)
    onTestFinished(() => void vi.unstubAllEnvs())
    const { app, person, needles } = await setUp()
    const refused = await aSource()
    expect((await app.submit(person, refused, { price: 9, prompt: canary })).statusCode).toBe(409)
    expect((await app.submit(person, refused.subarray(0, -20), { prompt: canary })).statusCode).toBe(422)
    await expectNowhere(app, [...needles, refused.subarray(100, 160), ...hashes(refused)])
    expect(await readdir(temp)).toEqual([basename(app.dir)])
  })
})

test('words of a job without a picture go after a day, its key after a month', async () => {
  const { app, person, id, call } = await setUp()
  call.fail(new ProviderError({ kind: 'bad_answer' }))
  await app.generations.idle()
  const row = () => app.database.read.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const before = await row()
  const day = 24 * 3600_000
  app.clock.advance(day - 1)
  await app.purge.endedJobs()
  expect(await row()).toEqual(before)
  app.clock.advance(1)
  await app.purge.endedJobs()
  expect(await row()).toMatchObject({ prompt: Buffer.alloc(0), body_hash: before.body_hash })
  expect(await app.generation(person, id)).toMatchObject({ state: 'failed', prompt: '' })
  app.clock.advance(29 * day)
  await app.purge.endedJobs()
  expect(await row()).toMatchObject({ body_hash: '', idem: `forgotten ${id}` })
  await app.purge.endedJobs()
})
