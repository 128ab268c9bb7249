import { randomUUID } from 'node:crypto'
import { type AddressInfo, Socket } from 'node:net'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { GenerationSpec } from '../contract/generations.ts'
import { audit } from '../credits/audit.ts'
import { createRegistry, loadRegistry } from '../models/registry.ts'
import { aPicture, aSpec, form, type TestApp, type TestAppOptions, type TestPerson, testApp } from '../test/app.ts'
import type { Part } from '../test/multipart.ts'
import { until } from '../test/until.ts'

async function open(options?: TestAppOptions) {
  const app = await testApp(options)
  return { app, person: await app.addPerson() }
}
async function setUp(options?: TestAppOptions) {
  const opened = await open(options)
  onTestFinished(() => opened.app.close())
  return opened
}

/** What a refusal must leave behind: nothing. */
async function expectNothing(app: TestApp) {
  for (const table of ['job', 'event', 'picture'] as const)
    expect(await app.database.read.selectFrom(table).selectAll().execute()).toEqual([])
  expect((await app.files()).filter(({ path }) => !path.includes('mimicit.sqlite'))).toEqual([])
  expect(app.provider.calls).toEqual([])
  expect(await audit(app.database.read)).toEqual([])
}

let picture: Buffer
/** For refusals: they leave nothing, so one app serves them all. */
let untouched: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  picture = await aPicture()
  untouched = await open()
})
afterAll(() => untouched.app.close())

const spec = (change: Record<string, unknown>) => JSON.stringify({ ...aSpec(), ...change })
const without = (field: keyof GenerationSpec) => JSON.stringify({ ...aSpec(), [field]: undefined })
const options = (change: Record<string, unknown>) => spec({ options: { ...aSpec().options, ...change } })
const raw = (text: string) => JSON.stringify(aSpec()).replace(/}$/, `,${text}}`)

const badSpecs: [string, string, number, string][] = [
  ['no JSON', '{', 400, 'invalid_request'],
  ['a list', '[]', 400, 'invalid_request'],
  ['an unknown field', spec({ url: 'https://example.test/' }), 400, 'unknown_field'],
  ['an unknown option', options({ steps: 20 }), 400, 'unknown_field'],
  ['an address in a source', spec({ sources: [{ role: 'subject', weight: 1, src: 'x' }] }), 400, 'unknown_field'],
  ['[C32] __proto__', raw('"__proto__":{"price":0}'), 400, 'unknown_field'],
  ['[C32] duplicate keys', raw('"price":0'), 400, 'invalid_request'],
  ['[C32] escaped duplicate keys', raw('"pric\\u0065":0'), 400, 'invalid_request'],
  [
    '[C32] 10,000 levels',
    spec({ prompt: 'X' }).replace('"X"', '['.repeat(1e4) + ']'.repeat(1e4)),
    400,
    'invalid_request',
  ],
  ['a missing prompt', without('prompt'), 400, 'invalid_request'],
  ['a prompt that is a number', spec({ prompt: 7 }), 400, 'invalid_request'],
  ['[C55] a prompt of 10,001 characters', spec({ prompt: 'a'.repeat(10_001) }), 400, 'prompt_too_long'],
  ['[C55] lone surrogates', spec({ prompt: 'a\ud800b' }), 400, 'prompt_invalid_text'],
  ['[C55] NUL', spec({ prompt: 'a\0b' }), 400, 'prompt_invalid_text'],
  ['a spec of 65 KB', spec({ prompt: 'a'.repeat(65 * 1024) }), 400, 'invalid_request'],
  ['an unknown model', spec({ model: 'nothing' }), 404, 'model_unknown'],
  ['a model called constructor', spec({ model: 'constructor' }), 404, 'model_unknown'],
  ['a size that is not offered', options({ size: '8K' }), 400, 'option_not_offered'],
  ['a size called constructor', options({ size: 'toString' }), 400, 'option_not_offered'],
  ['an unknown aspect', options({ aspect: '2:1' }), 400, 'invalid_request'],
  ['a seed that is too large', options({ seed: 2 ** 31 }), 400, 'invalid_request'],
  ['a role that is not offered', spec({ sources: [{ role: 'pose', weight: 1 }] }), 400, 'option_not_offered'],
  ['a weight over 100', spec({ sources: [{ role: 'subject', weight: 101 }] }), 400, 'invalid_request'],
  ['no pictures', spec({ sources: [] }), 400, 'picture_missing'],
  ['too many pictures', spec({ sources: Array(4).fill({ role: 'style', weight: 1 }) }), 400, 'too_many_pictures'],
  ['another price', spec({ price: 2 }), 409, 'price_changed'],
  ['a negative price', spec({ price: -1 }), 400, 'invalid_request'],
]

test.each(badSpecs)('%s is refused and leaves nothing', async (_name, text, status, code) => {
  const { app, person } = untouched
  const answer = await app.post(person, form(text, [picture]))
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  expect(answer.headers['content-type']).toContain('application/problem+json')
  await expectNothing(app)
})

const bytes = (length: number) => Buffer.alloc(length, 1)
const badPictures: [string, () => Promise<Buffer> | Buffer, number, string][] = [
  ['text', () => Buffer.from('not a picture'), 415, 'picture_not_accepted'],
  ['nothing', () => Buffer.alloc(0), 415, 'picture_not_accepted'],
  [
    '[C39] SVG called a PNG',
    () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    415,
    'picture_not_accepted',
  ],
  ['[C40] HTML called a PNG', () => Buffer.from('<!doctype html><script>1</script>'), 415, 'picture_not_accepted'],
  ['a GIF', async () => sharp(picture).gif().toBuffer(), 415, 'picture_not_accepted'],
  ['[C41] a truncated PNG', () => picture.subarray(0, -30), 422, 'picture_damaged'],
  ['[C37] a bomb of 256 megapixels', () => bomb(16_000, 16_000), 422, 'picture_too_many_pixels'],
  ['one pixel', async () => aPicture(1, 1), 422, 'picture_too_small'],
  ['[C38] an animated WebP', () => animatedWebp(), 422, 'picture_animated'],
  ['[C44] 11 MB', () => bytes(11 * 1024 * 1024), 413, 'picture_too_large'],
  ['[C44] 30 MB', () => bytes(30 * 1024 * 1024), 413, 'picture_too_large'],
  ['[C44] one byte over 10 MB', () => bytes(10 * 1024 * 1024 + 1), 413, 'picture_too_large'],
]

test.each(badPictures)('%s as a picture is refused and leaves nothing', async (_name, make, status, code) => {
  const { app, person } = untouched
  const answer = await app.submit(person, await make())
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  await expectNothing(app)
})

const source = (change: Partial<{ name: string; filename: string }> = {}): Part => ({
  name: 'source',
  filename: 'source-1',
  type: 'image/png',
  bytes: picture,
  ...change,
})
const field = (name: string, value = 'x'): Part => ({ name, value })
const badForms: [string, () => Part[], number, string][] = [
  ['an empty form', () => [], 400, 'invalid_request'],
  ['pictures before the spec', () => [source(), field('spec', spec({}))], 400, 'invalid_request'],
  ['a spec that is a file', () => [source({ name: 'spec' })], 400, 'invalid_request'],
  ['a picture too few', () => [field('spec', spec({}))], 400, 'invalid_request'],
  ['a picture too many', () => [...form(aSpec(), [picture]), source()], 400, 'invalid_request'],
  ['a part of another name', () => [field('spec', spec({})), source({ name: 'mask' })], 400, 'unknown_field'],
  ['a part called __proto__', () => [field('spec', spec({})), source({ name: '__proto__' })], 400, 'unknown_field'],
  ['a second field', () => [...form(aSpec(), [picture]), field('spec', spec({}))], 400, 'invalid_request'],
  ['[C45] 1,000 fields', () => [field('spec', spec({})), ...Array(1000).fill(field('x'))], 400, 'invalid_request'],
  [
    '[C45] a file name that is a path',
    () => [field('spec', spec({})), source({ filename: '../../x' })],
    400,
    'invalid_request',
  ],
  ['[C45] a Windows path', () => [field('spec', spec({})), source({ filename: '..\\x' })], 400, 'invalid_request'],
]

test.each(badForms)('%s is refused and leaves nothing', async (_name, parts, status, code) => {
  const { app, person } = untouched
  const answer = await app.post(person, parts())
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  await expectNothing(app)
})

test('a body that is no form, or a form that is cut off, is refused', async () => {
  const { app, person } = untouched
  const send = (contentType: string, payload: string) =>
    app.http.inject({
      method: 'POST',
      url: '/v1/generations',
      headers: { ...person.headers, 'idempotency-key': randomUUID(), 'content-type': contentType },
      payload,
    })
  expect((await send('application/json', '{}')).json()).toMatchObject({ code: 'unsupported_media_type' })
  expect((await send('text/plain', 'x')).json()).toMatchObject({ code: 'unsupported_media_type' })
  expect((await send('multipart/form-data', 'x')).json()).toMatchObject({ code: 'invalid_request' })
  const head = '--b\r\nContent-Disposition: form-data; name="spec"\r\n\r\n{"model":'
  expect((await send('multipart/form-data; boundary=b', head)).json()).toMatchObject({ code: 'invalid_request' })
  await expectNothing(app)
})

test('a request without a proper Idempotency-Key is refused', async () => {
  const { app, person } = untouched
  for (const key of ['', 'x', `${randomUUID()}0`, '../../../etc'])
    expect((await app.submit(person, picture, { key })).json()).toMatchObject({ code: 'missing_idempotency_key' })
  await expectNothing(app)
})

test('a retired model names its successor; a retiring one still works', async () => {
  const [live] = loadRegistry().all()
  const entry = (id: string, status: string, successor: string | null) => ({ ...live, id, status, successor })
  const registry = createRegistry([live, entry('old', 'retired', 'local-restyle'), entry('leaving', 'retiring', null)])
  const { app, person } = await setUp({ registry })
  const answer = await app.submit(person, picture, { model: 'old' })
  expect(answer.json()).toMatchObject({ status: 410, code: 'model_retired', params: { successor: 'local-restyle' } })
  expect((await app.submit(person, picture, { model: 'leaving' })).statusCode).toBe(202)
})

test('[C54] a changed price is said before anything is held', async () => {
  const { app, person } = untouched
  const answer = await app.submit(person, picture, { price: 5 })
  expect(answer.json()).toMatchObject({ status: 409, code: 'price_changed', params: { price: 1 } })
  await expectNothing(app)
})

test('a seed left out is drawn and kept; the size follows the subject', async () => {
  const { app, person } = await setUp()
  const sources: GenerationSpec['sources'] = [
    { role: 'style', weight: 10 },
    { role: 'subject', weight: 90 },
  ]
  const parts = form(aSpec({ sources, options: { aspect: 'source', size: '1K' } }), [picture, await aPicture(300, 600)])
  const job = (await app.post(person, parts)).json()
  expect(job).toMatchObject({ width: 512, height: 1024 })
  expect(Number.isInteger(job.options.seed)).toBe(true)
  expect((await app.generation(person, job.id)).options).toEqual(job.options)
})

test('[C57] 100 requests at once with credits for 3: exactly 3 holds, 97 are told what is missing', async () => {
  const { app } = await setUp()
  const poor = await app.addPerson({ credits: 3 })
  const answers = await Promise.all(Array.from({ length: 100 }, () => app.submit(poor, picture)))
  expect(answers.filter(answer => answer.statusCode === 202)).toHaveLength(3)
  const refused = answers.filter(answer => answer.statusCode === 402)
  expect(refused).toHaveLength(97)
  expect(refused[0]?.json()).toMatchObject({ code: 'insufficient_credits', params: { have: 0, need: 1 } })
  expect(await app.balance(poor)).toMatchObject({ available: 0, held: 3 })
  expect(await audit(app.database.read)).toEqual([])
})

test('[C58] [I7] one key 50 times at once: one hold, one call, 50 equal answers', async () => {
  const { app, person } = await setUp()
  const key = randomUUID()
  const answers = await Promise.all(Array.from({ length: 50 }, () => app.submit(person, picture, { key })))
  expect(new Set(answers.map(answer => answer.statusCode))).toEqual(new Set([202]))
  expect(new Set(answers.map(answer => answer.json().id)).size).toBe(1)
  expect(await app.balance(person)).toMatchObject({ available: 49, held: 1 })

  ;(await app.provider.called(0)).answer(picture)
  await app.generations.idle()
  const replay = await app.submit(person, picture, { key: key.toUpperCase() })
  expect([replay.statusCode, replay.json().state]).toEqual([202, 'done'])
  expect(app.provider.calls).toHaveLength(1)
  expect(await app.balance(person)).toMatchObject({ available: 49, held: 0 })
  expect(await audit(app.database.read)).toEqual([])
})

test('[C58] [I7] the key with another body is a conflict, and of another person another matter', async () => {
  const { app, person } = await setUp()
  const key = randomUUID()
  await app.submit(person, picture, { key })
  const changes = [
    () => app.submit(person, picture, { key, prompt: 'other' }),
    () => app.submit(person, picture, { key, options: { aspect: 'source', size: '512' } }),
    async () => app.submit(person, await aPicture(49, 32), { key }),
    () => app.submit(person, Buffer.from('rubbish'), { key, model: 'nothing' }),
  ]
  for (const change of changes) expect((await change()).json()).toMatchObject({ code: 'idempotency_conflict' })
  const other = await app.addPerson()
  expect((await app.submit(other, picture, { key })).statusCode).toBe(202)
  expect(await app.balance(person)).toMatchObject({ available: 49, held: 1 })
})

test('a refused key may be used again', async () => {
  const { app } = await setUp()
  const person = await app.addPerson({ credits: 1 })
  const first = (await app.submit(person, picture)).json()
  const key = randomUUID()
  expect((await app.submit(person, picture, { key })).statusCode).toBe(402)
  await app.http.inject({ method: 'POST', url: `/v1/generations/${first.id}/cancel`, headers: person.headers })
  expect((await app.submit(person, picture, { key })).statusCode).toBe(202)
})

test('a person may have so many open jobs and no more', async () => {
  const { app, person } = await setUp({ limits: { openJobsPerPerson: 2 } })
  for (let i = 0; i < 2; i++) expect((await app.submit(person, picture)).statusCode).toBe(202)
  const refused = await app.submit(person, picture)
  expect(refused.json()).toMatchObject({ status: 429, code: 'too_many_jobs', params: { max: 2 } })
  expect(await app.balance(person)).toMatchObject({ available: 48, held: 2 })
  for (let i = 0; i < 2; i++) (await app.provider.called(i)).answer(picture)
  await app.generations.idle()
  expect((await app.submit(person, picture)).statusCode).toBe(202)
})

test('[C46] a full history refuses the next job before anything is held', async () => {
  const { app, person } = await setUp({ limits: { storedBytesPerPerson: 1 } })
  await app.submit(person, picture)
  ;(await app.provider.called(0)).answer(picture)
  await app.generations.idle()
  expect((await app.submit(person, picture)).json()).toMatchObject({ status: 507, code: 'quota_reached' })
  expect(await app.balance(person)).toMatchObject({ available: 49, held: 0 })
})

test('pictures of all people have one budget in memory, and it is given back', async () => {
  const { app, person } = await setUp({ limits: { sourceBytes: 1000, concurrency: 1 } })
  const noise = await sharp({
    create: {
      width: 64,
      height: 64,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .png()
    .toBuffer()
  expect((await app.submit(person, noise)).json()).toMatchObject({ status: 503, code: 'unavailable' })
  await expectNothing(app)
  const poor = await app.addPerson({ credits: 0 })
  for (let i = 0; i < 20; i++) {
    expect((await app.submit(person, picture, { price: 3 })).statusCode).toBe(409)
    expect((await app.submit(poor, picture)).statusCode).toBe(402)
    const { id } = (await app.submit(person, picture)).json()
    const call = await app.provider.called(i)
    if (i % 2) await app.http.inject({ method: 'POST', url: `/v1/generations/${id}/cancel`, headers: person.headers })
    else call.answer(picture)
    await app.generations.idle()
  }
})

test('[C44] a picture that never ends is refused, and its line is cut', async () => {
  const { app, person } = untouched
  const { socket, answered } = await rawRequest(app, person)
  const head = `--b\r\nContent-Disposition: form-data; name="spec"\r\n\r\n${spec({})}\r\n--b\r\nContent-Disposition: form-data; name="source"; filename="source-1"\r\nContent-Type: image/png\r\n\r\n`
  const chunk = (bytes: Buffer) =>
    Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
  const mebibyte = chunk(Buffer.alloc(1024 * 1024))
  const cut = new Promise<void>(resolve => void socket.once('close', () => resolve()))
  const write = (bytes: Buffer) => new Promise<void>(resolve => void socket.write(bytes, () => resolve()))
  await write(chunk(Buffer.from(head)))
  for (let sent = 0; sent < 200 && !socket.destroyed; sent++) await write(mebibyte)
  expect(await answered).toContain('picture_too_large')
  await cut
  await expectNothing(app)
})

test('[C44] a form that does not arrive in time is refused', async () => {
  const { app, person } = untouched
  const { socket, answered } = await rawRequest(app, person)
  socket.write('2\r\n--\r\n')
  const stop = new AbortController()
  await Promise.race([
    answered,
    until(() => {
      app.clock.advance(60_000)
      return stop.signal.aborted
    }),
  ]).finally(() => stop.abort())
  expect(await answered).toContain('HTTP/1.1 408')
  await expectNothing(app)
})

/** A request whose body the test sends by itself, in chunks. */
async function rawRequest(app: TestApp, person: TestPerson) {
  if (!app.http.server.listening) await app.http.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.http.server.address() as AddressInfo
  const socket = new Socket().connect(port, '127.0.0.1')
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  const answered = new Promise<string>(resolve => void socket.once('data', data => resolve(String(data))))
  socket.write(
    `POST /v1/generations HTTP/1.1\r\nHost: x\r\nAuthorization: ${person.headers.authorization}\r\n` +
      `Idempotency-Key: ${randomUUID()}\r\nContent-Type: multipart/form-data; boundary=b\r\n` +
      'Transfer-Encoding: chunked\r\n\r\n',
  )
  return { socket, answered }
}

/** A valid PNG of black rows, one bit per pixel: some 30 KB that decode to gigabytes. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const head = Buffer.alloc(4)
    head.writeUInt32BE(data.length)
    const body = Buffer.concat([Buffer.from(type), data])
    const tail = Buffer.alloc(4)
    tail.writeUInt32BE(crc32(body))
    return Buffer.concat([head, body, tail])
  }
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0])
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

async function animatedWebp(): Promise<Buffer> {
  const frames = await Promise.all(['#f00', '#0f0'].map(colour => aPicture(32, 32, colour)))
  return sharp(frames, { join: { animated: true } })
    .webp()
    .toBuffer()
}
