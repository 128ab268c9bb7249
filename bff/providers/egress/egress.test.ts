import diagnostics from 'node:diagnostics_channel'
import type { AddressInfo, LookupFunction } from 'node:net'
import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as faults from '../../test/fakes/faults.ts'
import { type Fault, startFake } from '../../test/fakes/server.ts'
import { until } from '../../test/until.ts'
import { MakerError } from '../maker-error.ts'
import type { CallControl } from '../provider.ts'
import { createEgress, type Egress } from './egress.ts'

const mib = 1024 * 1024
let fake: Awaited<ReturnType<typeof startFake>>
let egress: Egress

beforeEach(async () => {
  fake = await startFake(app => {
    app.post('/v1/images', async () => ({ ok: true }))
    app.get('/file', async (_request, reply) => reply.type('image/png').send(Buffer.from('picture')))
    app.get('/nothing', async (_request, reply) => reply.code(204).send())
  })
  egress = createEgress({ hosts: [{ base: fake.url }] })
})
afterEach(async () => {
  await egress.close()
  await fake.close()
})

const control = () => {
  const stop = new AbortController()
  return { stop, signal: stop.signal, admit: vi.fn(async () => {}) }
}

/** Lets whatever is under way come through. */
async function turns(count: number) {
  for (let turn = 0; turn < count; turn++) await new Promise(resolve => setImmediate(resolve))
}

/** What a call that must fail fails with. */
async function faultOf(answer: Promise<unknown>) {
  const error = await answer.then(
    () => null,
    thrown => thrown,
  )
  expect(error).toBeInstanceOf(MakerError)
  return (error as MakerError).fault.kind
}

const post = (call: Pick<CallControl, 'signal' | 'admit'> = control(), limits?: { maxBytes?: number }) =>
  egress.fetch(call, limits)(`${fake.url}/v1/images`, { method: 'POST', body: '{"prompt":"x"}' })

describe('an answer', () => {
  test('comes whole, with status and headers', async () => {
    const call = control()
    const answer = await egress.fetch(call)(`${fake.url}/file`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(await answer.text()).toBe('picture')
    expect(call.admit).toHaveBeenCalledTimes(1)
    expect((await egress.fetch(call)(`${fake.url}/nothing`)).status).toBe(204)
  })

  test('what is sent is what was given: a form, JSON, no name of a browser', async () => {
    const form = new FormData()
    form.append('image', new Blob(['bytes'], { type: 'image/png' }), 'a.png')
    await egress.fetch(control())(`${fake.url}/v1/images?a=1`, {
      method: 'POST',
      body: form,
      headers: { 'x-own': '1' },
    })
    const [request] = fake.seen
    expect(request!.path).toBe('/v1/images?a=1')
    expect(request!.body.toString()).toContain('filename="a.png"')
    const { 'content-type': type, 'content-length': length, host, ...rest } = request!.headers
    expect(type).toMatch(/^multipart\/form-data; boundary=/)
    expect([length, host]).toEqual([String(request!.body.length), `127.0.0.1:${fake.port}`])
    expect(rest).toEqual({ 'accept-encoding': 'identity', connection: 'close', 'x-own': '1' })
  })

  test('a refusal is read without asking for room, and no more of it than is worth reading', async () => {
    const call = control()
    fake.play(faults.answers(400, 'a'.repeat(mib)))
    const answer = await post(call)
    expect(answer.status).toBe(400)
    expect((await answer.text()).length).toBeLessThan(mib)
    expect(call.admit).not.toHaveBeenCalled()
  })

  test.each([
    ['that is there at once', 'picture'],
    ['of a megabyte', 'p'.repeat(mib)],
  ])('a body %s waits for room too, its sender long gone', async (_what, text) => {
    let gone = false
    fake.play((reply, request) => {
      reply.raw.socket!.once('close', () => {
        gone = true
      })
      return faults.answers(200, text)(reply, request)
    })
    const admit = () => turns(200)
    const answer = await post({ ...control(), admit })
    expect(await answer.text()).toBe(text)
    await until(() => gone)
  })

  test('the deadline ends the wait for room', async () => {
    const call = control()
    const room = Promise.withResolvers<void>()
    const admit = vi.fn(() => room.promise)
    const answer = faultOf(post({ ...call, admit }))
    await until(() => admit.mock.calls.length === 1)
    call.stop.abort()
    expect(await answer).toBe('unknown_outcome')
    room.resolve()
    await turns(20)
  })

  test('its body waits until there is room', async () => {
    let sent = () => 0
    fake.play((reply, request) => {
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
    const answer = await post({ ...control(), admit }, { maxBytes: 128 * mib })
    expect(waited).toBe(true)
    expect((await answer.arrayBuffer()).byteLength).toBe(24 * mib)
  })
})

describe('a place', () => {
  test.each([
    ['[C49a] this machine', () => 'http://127.0.0.1:1/'],
    ['[C49a] a name of this machine', () => `http://localhost:${fake.port}/file`],
    ['[C49b] a decimal address', () => `http://2130706434:${fake.port}/file`],
    ['[C49c] a file', () => 'file:///etc/passwd'],
    ['[C49d] user info', () => fake.url.replace('//', '//user:pass@')],
    ['[C49d] another port', () => 'http://127.0.0.1:9/'],
    ['[P48] any other host', () => 'https://example.com/'],
    ['no address at all', () => 'picture.png'],
  ])('%s that nobody named is refused, and not even looked up', async (_what, url) => {
    const lookup = vi.fn()
    const strict = createEgress({ hosts: [{ base: fake.url }, { host: '*.maker.example' }], lookup })
    expect(await faultOf(strict.fetch(control())(url()))).toBe('bad_answer')
    expect(lookup).not.toHaveBeenCalled()
    expect(fake.connections()).toBe(0)
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
  ])('[C49a] [C49f] a listed name that leads to %s is not connected to', async address => {
    const strict = createEgress({ hosts: [{ host: 'media.maker.example' }], lookup: answering(address) })
    const reasons: string[] = []
    const note = (message: unknown) => void reasons.push((message as { error: Error }).error.message)
    diagnostics.subscribe('undici:client:connectError', note)
    expect(await faultOf(strict.fetch(control())('https://media.maker.example/a.png'))).toBe('not_sent')
    diagnostics.unsubscribe('undici:client:connectError', note)
    expect(reasons).toEqual(['No public address.'])
    await strict.close()
  })

  test('one that the operator named may be private, by name too', async () => {
    const base = `http://images.home.example:${fake.port}`
    const own = createEgress({ hosts: [{ base }], lookup: answering('127.0.0.1') })
    expect((await own.fetch(control())(`${base}/file`)).status).toBe(200)
    expect(fake.seen[0]!.headers.host).toBe(`images.home.example:${fake.port}`)
    await own.close()
  })

  test.each([301, 302, 303, 307, 308])('[C49e] a redirect (%i) is not followed', async status => {
    fake.play(faults.answers(status, '', { location: `${fake.url}/file` }))
    expect(await faultOf(post())).toBe('bad_answer')
    expect(fake.seen).toHaveLength(1)
  })
})

describe('a request leaves at most once', () => {
  const cases: [string, Fault, string][] = [
    ['[C51c] is reset before headers', faults.resetBeforeHeaders, 'unknown_outcome'],
    ['[C51c] is reset after headers', faults.resetAfterHeaders, 'unknown_outcome'],
    ['[C51d] is cut off', faults.cutBody, 'unknown_outcome'],
    ['[C48a] says it is too large', faults.huge(500 * mib, { declared: true }), 'bad_answer'],
    ['comes packed, which was not asked for', faults.answers(200, 'x', { 'content-encoding': 'gzip' }), 'bad_answer'],
    ['is no HTTP', reply => void reply.hijack().raw.socket!.end('hello\r\n\r\n'), 'unknown_outcome'],
  ]
  test.each(cases)('when the answer %s', async (_what, fault, kind) => {
    fake.play(fault)
    expect(await faultOf(post())).toBe(kind)
    expect(fake.seen).toHaveLength(1)
    expect(fake.connections()).toBe(1)
  })

  test.each<[string, Fault]>([
    ['[C51e] hangs', faults.hang],
    ['[C48b] [C48c] drips and never ends', faults.drip],
  ])('when the answer %s until the deadline', async (_what, fault) => {
    fake.play(fault)
    const call = control()
    const answer = faultOf(post(call))
    await until(() => fake.seen.length === 1)
    call.stop.abort()
    expect(await answer).toBe('unknown_outcome')
    expect(fake.connections()).toBe(1)
  })

  test('[C51c] when the connection of an earlier call has just been closed by the other end', async () => {
    const sockets = new Set<unknown>()
    fake.play(function keepsOpen(reply) {
      const { socket } = reply.raw
      // Says that the connection stays open, and breaks it as soon as it is used again.
      if (sockets.has(socket)) return void socket!.resetAndDestroy()
      sockets.add(socket)
      reply.hijack()
      socket!.write(
        'HTTP/1.1 200 OK\r\nconnection: keep-alive\r\nkeep-alive: timeout=60\r\ncontent-length: 2\r\n\r\n{}',
      )
    })
    for (let call = 0; call < 3; call++) expect((await post()).status).toBe(200)
    expect(fake.seen).toHaveLength(3)
    expect(fake.connections()).toBe(3)
  })
})

test('closing ends the calls that are under way', async () => {
  fake.play(faults.hang)
  const answer = faultOf(post())
  await until(() => fake.seen.length === 1)
  await egress.close()
  expect(await answer).toBe('unknown_outcome')
})

describe('no byte has left', () => {
  test.each<[string, () => Promise<string>]>([
    ['when nobody listens', async () => 'http://127.0.0.1:1'],
    ['when no secure connection comes about', async () => fake.url.replace('http:', 'https:')],
  ])('%s', async (_what, base) => {
    const own = createEgress({ hosts: [{ base: await base() }] })
    expect(await faultOf(own.fetch(control())(`${await base()}/v1`, { method: 'POST', body: 'x' }))).toBe('not_sent')
    expect(fake.seen).toHaveLength(0)
    await own.close()
  })

  test('when the call is over before it began', async () => {
    const call = control()
    call.stop.abort()
    expect(await faultOf(post(call))).toBe('not_sent')
    expect(fake.connections()).toBe(0)
  })

  test('when the call ends while the name is looked up: what comes later is not sent', async () => {
    const base = `http://images.home.example:${fake.port}`
    const call = control()
    let answer = () => {}
    const lookup: LookupFunction = (_hostname, _options, callback) => {
      answer = () => callback(null, [{ address: '127.0.0.1', family: 4 }])
      call.stop.abort()
    }
    const own = createEgress({ hosts: [{ base }], lookup })
    expect(await faultOf(own.fetch(call)(`${base}/v1/images`, { method: 'POST', body: 'x' }))).toBe('not_sent')
    answer()
    await until(() => fake.connections() === 1)
    await turns(50)
    expect(fake.seen).toHaveLength(0)
    await own.close()
  })
})

test('[C48a] of 500 MB no more than 32 MB is taken in, and nothing of it is kept', async () => {
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n')
      const chunk = Buffer.alloc(mib, 'a')
      let left = 500
      const more = () => {
        while (left-- > 0) if (!socket.write(chunk)) return
        socket.end()
      }
      socket.on('drain', more)
      socket.on('close', () => {
        taken = socket.bytesWritten - socket.writableLength
      })
      more()
    })
  })
  let taken = 0
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const own = createEgress({ hosts: [{ base }] })
  const before = process.memoryUsage().arrayBuffers
  expect(await faultOf(own.fetch(control())(`${base}/v1`, { method: 'POST', body: 'x' }))).toBe('bad_answer')
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * mib)
  await until(() => taken > 0)
  expect(taken).toBeLessThan(64 * mib)
  await own.close()
  server.close()
})
