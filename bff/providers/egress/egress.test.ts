import diagnostics from 'node:diagnostics_channel'
import type { LookupFunction } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import * as faults from '../../test/fakes/faults.ts'
import { until } from '../../test/until.ts'
import { createEgress } from './egress.ts'
import { control, faultOf, served, turns } from './test/server.ts'

const mib = 1024 * 1024
const server = served()

describe('an answer', () => {
  test('comes whole, with status and headers', async () => {
    const call = control()
    const answer = await server.egress.fetch(call)(`${server.fake.url}/file`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(await answer.text()).toBe('picture')
    expect(call.admit).toHaveBeenCalledTimes(1)
    for (const status of [204, 205]) {
      server.play(faults.answers(status, ''))
      expect((await server.post()).status).toBe(status)
    }
  })

  test('what is sent is what was given: a form, JSON, no name of a browser', async () => {
    const form = new FormData()
    form.append('image', new Blob(['bytes'], { type: 'image/png' }), 'a.png')
    await server.egress.fetch(control())(`${server.fake.url}/v1/images?a=1`, {
      method: 'POST',
      body: form,
      headers: { 'x-own': '1' },
    })
    const [request] = server.fake.seen
    expect(request!.path).toBe('/v1/images?a=1')
    expect(request!.body.toString()).toContain('filename="a.png"')
    const { 'content-type': type, 'content-length': length, host, ...rest } = request!.headers
    expect(type).toMatch(/^multipart\/form-data; boundary=/)
    expect([length, host]).toEqual([String(request!.body.length), `127.0.0.1:${server.fake.port}`])
    expect(rest).toEqual({ 'accept-encoding': 'identity', connection: 'close', 'x-own': '1' })
  })

  test('a refusal is read without asking for room, and no more of it than is worth reading', async () => {
    const call = control()
    server.play(faults.answers(400, 'a'.repeat(mib)))
    const answer = await server.post(call)
    expect(answer.status).toBe(400)
    // 64 KiB, and what came with the last of them.
    expect((await answer.text()).length).toBeLessThanOrEqual(128 * 1024)
    expect(call.admit).not.toHaveBeenCalled()
    server.play(faults.answers(400, 'a'.repeat(60 * 1024)))
    expect(await (await server.post()).text()).toBe('a'.repeat(60 * 1024))
  })

  test.each([
    ['said before', (text: string) => faults.answers(200, text, { 'content-length': String(text.length) })],
    ['not said', (text: string) => faults.answers(200, text)],
  ])('of a length %s may be as long as the limit, and no longer', async (_what, answer) => {
    server.play(answer('a'.repeat(1000)))
    expect(await (await server.post(control(), { maxBytes: 1000 })).text()).toBe('a'.repeat(1000))
    expect(await faultOf(server.post(control(), { maxBytes: 999 }))).toBe('bad_answer')
  })

  test.each([
    ['that is there at once', 'picture'],
    ['of a megabyte', 'p'.repeat(mib)],
  ])('a body %s waits for room too, its sender long gone', async (_what, text) => {
    let gone = false
    server.play((reply, request) => {
      reply.raw.socket!.once('close', () => {
        gone = true
      })
      return faults.answers(200, text)(reply, request)
    })
    const admit = () => turns(200)
    const answer = await server.post({ ...control(), admit })
    expect(await answer.text()).toBe(text)
    await until(() => gone)
  })

  test('the deadline ends the wait for room', async () => {
    const call = control()
    const room = Promise.withResolvers<void>()
    const admit = vi.fn(() => room.promise)
    const answer = faultOf(server.post({ ...call, admit }))
    await until(() => admit.mock.calls.length === 1)
    call.stop.abort()
    expect(await answer).toBe('unknown_outcome')
    room.resolve()
    await turns(20)
  })

  test('its body waits until there is room', async () => {
    let sent = () => 0
    server.play((reply, request) => {
      const { socket } = reply.raw
      sent = () => socket!.bytesWritten - socket!.writableLength
      return faults.huge(24 * mib)(reply, request)
    })
    let waited = false
    const admit = async () => {
      await turns(1000)
      expect(sent()).toBeLessThan(16 * mib)
      waited = true
    }
    const answer = await server.post({ ...control(), admit }, { maxBytes: 128 * mib })
    expect(waited).toBe(true)
    expect((await answer.arrayBuffer()).byteLength).toBe(24 * mib)
  })
})

describe('an address', () => {
  test.each([
    ['this machine', () => 'http://127.0.0.1:1/'],
    ['a name of this machine', () => `http://localhost:${server.fake.port}/file`],
    ['[C49b] a decimal address', () => `http://2130706434:${server.fake.port}/file`],
    ['[C49b] an octal address', () => `http://0177.0.0.02:${server.fake.port}/file`],
    ['[C49b] a hexadecimal address', () => `http://0x7f.0.0.2:${server.fake.port}/file`],
    ['[C49c] a file', () => 'file:///etc/passwd'],
    ['[C49d] user info', () => server.fake.url.replace('//', '//user:pass@')],
    ['[C49d] a host that looks alike', () => 'https://media.provider.example.evil.example/'],
    ['another port', () => 'http://127.0.0.1:9/'],
    ['any other host', () => 'https://example.com/'],
    ['no address at all', () => 'picture.png'],
  ])('%s that nobody named is refused, and not even looked up', async (_what, url) => {
    const lookup = vi.fn()
    const strict = createEgress({ hosts: [{ base: server.fake.url }, { host: '*.provider.example' }], lookup })
    expect(await faultOf(strict.fetch(control())(url()))).toBe('bad_answer')
    expect(lookup).not.toHaveBeenCalled()
    expect(server.fake.connections()).toBe(0)
    await strict.close()
  })

  const answering =
    (...answers: string[]): LookupFunction =>
    (_hostname, _options, callback) => {
      const address = answers.shift()!
      callback(null, [{ address, family: address.includes(':') ? 6 : 4 }])
    }

  test.each([
    ['127.0.0.1', 4],
    ['::1', 6],
    ['::ffff:127.0.0.1', 6],
    ['64:ff9b::7f00:1', 6],
    ['10.0.0.1', 4],
    ['169.254.169.254', 4],
  ])('[C49a] a listed name that leads to %s is not connected to', async address => {
    const strict = createEgress({ hosts: [{ host: 'media.provider.example' }], lookup: answering(address) })
    const reasons: string[] = []
    const note = (message: unknown) => void reasons.push((message as { error: Error }).error.message)
    diagnostics.subscribe('undici:client:connectError', note)
    expect(await faultOf(strict.fetch(control())('https://media.provider.example/a.png'))).toBe('not_sent')
    diagnostics.unsubscribe('undici:client:connectError', note)
    expect(reasons).toEqual(['No public address.'])
    await strict.close()
  })

  test('one that the operator named may be private, by name too', async () => {
    const base = `http://images.home.example:${server.fake.port}`
    const own = createEgress({ hosts: [{ base }], lookup: answering('127.0.0.1') })
    expect((await own.fetch(control())(`${base}/file`)).status).toBe(200)
    expect(server.fake.seen[0]!.headers.host).toBe(`images.home.example:${server.fake.port}`)
    await own.close()
  })

  test.each([301, 302, 303, 307, 308])('[C49e] a redirect (%i) is not followed', async status => {
    server.play(faults.answers(status, '', { location: `${server.fake.url}/file` }))
    expect(await faultOf(server.post())).toBe('bad_answer')
    expect(server.fake.seen).toHaveLength(1)
  })
})
