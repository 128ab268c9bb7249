import { randomUUID } from 'node:crypto'
import { type AddressInfo, Socket } from 'node:net'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { GenerationSpec } from '../../contract/generations.ts'
import { aPicture, aSpec, form, type TestApp, type TestPerson, testApp } from '../../test/app.ts'
import { expectNothing } from '../../test/expect-nothing.ts'
import type { Part } from '../../test/multipart.ts'
import { until } from '../../test/until.ts'

let picture: Buffer
/** Refusals leave nothing, so one app serves them all. */
let app: TestApp
let person: TestPerson
beforeAll(async () => {
  picture = await aPicture()
  app = await testApp()
  person = await app.addPerson()
})
afterAll(() => app.close())

const spec = (change: Record<string, unknown>) => JSON.stringify({ ...aSpec(), ...change })
const without = (field: keyof GenerationSpec) => JSON.stringify({ ...aSpec(), [field]: undefined })
const options = (change: Record<string, unknown>) => spec({ options: { ...aSpec().options, ...change } })
const raw = (text: string) => JSON.stringify(aSpec()).replace(/}$/, `,${text}}`)

test.each<[string, string, number, string]>([
  ['no JSON', '{', 400, 'invalid_request'],
  ['a list', '[]', 400, 'invalid_request'],
  ['an unknown field', spec({ url: 'https://example.test/' }), 400, 'unknown_field'],
  ['an unknown option', options({ steps: 20 }), 400, 'unknown_field'],
  ['an address in a source', spec({ sources: [{ role: 'subject', weight: 1, src: 'x' }] }), 400, 'unknown_field'],
  ['__proto__', raw('"__proto__":{"price":0}'), 400, 'unknown_field'],
  ['duplicate keys', raw('"price":0'), 400, 'invalid_request'],
  ['escaped duplicate keys', raw('"pric\\u0065":0'), 400, 'invalid_request'],
  ['10,000 levels', spec({ prompt: 'X' }).replace('"X"', '['.repeat(1e4) + ']'.repeat(1e4)), 400, 'invalid_request'],
  ['a missing prompt', without('prompt'), 400, 'invalid_request'],
  ['a prompt that is a number', spec({ prompt: 7 }), 400, 'invalid_request'],
  ['[C55a] a prompt of 4,001 code points', spec({ prompt: '🪁'.repeat(4001) }), 400, 'prompt_too_long'],
  ['a prompt of 10,001 characters', spec({ prompt: 'a'.repeat(10_001) }), 400, 'prompt_too_long'],
  ['[C55b] lone surrogates', spec({ prompt: 'a\ud800b' }), 400, 'prompt_invalid_text'],
  ['[C55c] NUL', spec({ prompt: 'a\0b' }), 400, 'prompt_invalid_text'],
  ['[C55d] controls of direction', spec({ prompt: 'a\u202eb' }), 400, 'prompt_invalid_text'],
  ['[C55e] a million emoji', spec({ prompt: '🪁'.repeat(1_000_000) }), 400, 'invalid_request'],
  ['a spec of 65 KB', spec({ prompt: 'a'.repeat(65 * 1024) }), 400, 'invalid_request'],
  ['an unknown model', spec({ model: 'nothing' }), 404, 'model_unknown'],
  ['a model called constructor', spec({ model: 'constructor' }), 404, 'model_unknown'],
  ['a size that is not offered', options({ size: '8K' }), 400, 'option_not_offered'],
  ['a size called constructor', options({ size: 'toString' }), 400, 'option_not_offered'],
  ['an unknown aspect', options({ aspect: '2:1' }), 400, 'invalid_request'],
  ['a seed that is too large', options({ seed: 2 ** 31 }), 400, 'invalid_request'],
  ['words to keep out that it does not know', spec({ negative: 'people' }), 400, 'option_not_offered'],
  ['a role that is not offered', spec({ sources: [{ role: 'pose', weight: 1 }] }), 400, 'option_not_offered'],
  ['a weight over 100', spec({ sources: [{ role: 'subject', weight: 101 }] }), 400, 'invalid_request'],
  ['no pictures', spec({ sources: [] }), 400, 'picture_missing'],
  ['too many pictures', spec({ sources: Array(4).fill({ role: 'style', weight: 1 }) }), 400, 'too_many_pictures'],
  ['another price', spec({ price: 2 }), 409, 'price_changed'],
  ['a negative price', spec({ price: -1 }), 400, 'invalid_request'],
])('%s is refused and leaves nothing', async (_name, text, status, code) => {
  const answer = await app.post(person, form(text, [picture]))
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  expect(answer.headers['content-type']).toContain('application/problem+json')
  await expectNothing(app)
})

const bytes = (length: number) => Buffer.alloc(length, 1)
test.each<[string, () => Promise<Buffer> | Buffer, number, string]>([
  ['text', () => Buffer.from('not a picture'), 415, 'picture_not_accepted'],
  ['nothing', () => Buffer.alloc(0), 415, 'picture_not_accepted'],
  ['SVG called a PNG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415, 'picture_not_accepted'],
  ['[C40b] HTML called a PNG', () => Buffer.from('<!doctype html><script>1</script>'), 415, 'picture_not_accepted'],
  ['a GIF', async () => sharp(picture).gif().toBuffer(), 415, 'picture_not_accepted'],
  ['a truncated PNG', () => picture.subarray(0, -30), 422, 'picture_damaged'],
  ['a bomb of 256 megapixels', () => bomb(16_000, 16_000), 422, 'picture_too_many_pixels'],
  ['one pixel', async () => aPicture(1, 1), 422, 'picture_too_small'],
  ['an animated WebP', () => animatedWebp(), 422, 'picture_animated'],
  ['[C44a] 11 MB', () => bytes(11 * 1024 * 1024), 413, 'picture_too_large'],
  ['[C44a] 30 MB', () => bytes(30 * 1024 * 1024), 413, 'picture_too_large'],
  ['[C44a] one byte over 10 MB', () => bytes(10 * 1024 * 1024 + 1), 413, 'picture_too_large'],
])('%s as a picture is refused and leaves nothing', async (_name, make, status, code) => {
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
test.each<[string, () => Part[], number, string]>([
  ['an empty form', () => [], 400, 'invalid_request'],
  ['pictures before the spec', () => [source(), field('spec', spec({}))], 400, 'invalid_request'],
  ['a spec that is a file', () => [source({ name: 'spec' })], 400, 'invalid_request'],
  ['a picture too few', () => [field('spec', spec({}))], 400, 'invalid_request'],
  ['a picture too many', () => [...form(aSpec(), [picture]), source()], 400, 'invalid_request'],
  ['a part of another name', () => [field('spec', spec({})), source({ name: 'mask' })], 400, 'unknown_field'],
  ['a part called __proto__', () => [field('spec', spec({})), source({ name: '__proto__' })], 400, 'unknown_field'],
  ['a second field', () => [...form(aSpec(), [picture]), field('spec', spec({}))], 400, 'invalid_request'],
  ['[C45a] 1,000 fields', () => [field('spec', spec({})), ...Array(1000).fill(field('x'))], 400, 'invalid_request'],
  [
    '[C45b] a file name that is a path',
    () => [field('spec', spec({})), source({ filename: '../../x' })],
    400,
    'invalid_request',
  ],
  ['[C45b] a Windows path', () => [field('spec', spec({})), source({ filename: '..\\x' })], 400, 'invalid_request'],
])('%s is refused and leaves nothing', async (_name, parts, status, code) => {
  const answer = await app.post(person, parts())
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  await expectNothing(app)
})

test('a body that is no form, or a form that is cut off, is refused', async () => {
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
  for (const key of ['', 'x', `${randomUUID()}0`, '../../../etc'])
    expect((await app.submit(person, picture, { key })).json()).toMatchObject({ code: 'missing_idempotency_key' })
  await expectNothing(app)
})

test('a changed price is said before anything is held', async () => {
  const answer = await app.submit(person, picture, { price: 5 })
  expect(answer.json()).toMatchObject({ status: 409, code: 'price_changed', params: { price: 1 } })
  await expectNothing(app)
})

test('[C44b] [C44c] a picture that never ends is refused, and its line is cut', async () => {
  const { socket, answered } = await rawRequest()
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

test('[C44d] a form that does not arrive in time is refused', async () => {
  const { socket, answered } = await rawRequest()
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
async function rawRequest() {
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
