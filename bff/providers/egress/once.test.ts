import type { AddressInfo, LookupFunction } from 'node:net'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import * as faults from '../../test/fakes/faults.ts'
import type { Fault } from '../../test/fakes/server.ts'
import { until } from '../../test/until.ts'
import { createEgress } from './egress.ts'
import { control, faultOf, served, turns } from './test/server.ts'

const mib = 1024 * 1024
const server = served()

describe('a request leaves at most once', () => {
  const cases: [string, Fault, string][] = [
    ['is reset before headers', faults.resetBeforeHeaders, 'unknown_outcome'],
    ['is reset after headers', faults.resetAfterHeaders, 'unknown_outcome'],
    ['is cut off', faults.cutBody, 'unknown_outcome'],
    ['says it is too large', faults.huge(500 * mib, { declared: true }), 'bad_answer'],
    ['comes packed, which was not asked for', faults.answers(200, 'x', { 'content-encoding': 'gzip' }), 'bad_answer'],
    ['is no HTTP', reply => void reply.hijack().raw.socket!.end('hello\r\n\r\n'), 'unknown_outcome'],
  ]
  test.each(cases)('when the answer %s', async (_what, fault, kind) => {
    server.play(fault)
    expect(await faultOf(server.post())).toBe(kind)
    expect(server.fake.seen).toHaveLength(1)
    expect(server.fake.connections()).toBe(1)
  })

  test.each<[string, Fault]>([
    ['hangs', faults.hang],
    ['drips and never ends', faults.drip],
  ])('when the answer %s until the deadline', async (_what, fault) => {
    server.play(fault)
    const call = control()
    const answer = faultOf(server.post(call))
    await until(() => server.fake.seen.length === 1)
    call.stop.abort()
    expect(await answer).toBe('unknown_outcome')
    expect(server.fake.connections()).toBe(1)
  })

  test('when the connection of an earlier call has just been closed by the other end', async () => {
    const sockets = new Set<unknown>()
    server.play(function keepsOpen(reply) {
      const { socket } = reply.raw
      // Says that the connection stays open, and breaks it as soon as it is used again.
      if (sockets.has(socket)) return void socket!.resetAndDestroy()
      sockets.add(socket)
      reply.hijack()
      socket!.write(
        'HTTP/1.1 200 OK\r\nconnection: keep-alive\r\nkeep-alive: timeout=60\r\ncontent-length: 2\r\n\r\n{}',
      )
    })
    for (let call = 0; call < 3; call++) expect((await server.post()).status).toBe(200)
    expect(server.fake.seen).toHaveLength(3)
    expect(server.fake.connections()).toBe(3)
  })
})

test('closing ends the calls that are under way', async () => {
  server.play(faults.hang)
  const answer = faultOf(server.post())
  await until(() => server.fake.seen.length === 1)
  await server.egress.close()
  expect(await answer).toBe('unknown_outcome')
})

describe('no byte has left', () => {
  test.each<[string, () => Promise<string>]>([
    ['when nobody listens', async () => 'http://127.0.0.1:1'],
    ['when no secure connection comes about', async () => server.fake.url.replace('http:', 'https:')],
  ])('%s', async (_what, base) => {
    const own = createEgress({ hosts: [{ base: await base() }] })
    expect(await faultOf(own.fetch(control())(`${await base()}/v1`, { method: 'POST', body: 'x' }))).toBe('not_sent')
    expect(server.fake.seen).toHaveLength(0)
    await own.close()
  })

  test('when the call is over before it began', async () => {
    const call = control()
    call.stop.abort()
    expect(await faultOf(server.post(call))).toBe('not_sent')
    expect(server.fake.connections()).toBe(0)
  })

  test('when the call ends while the name is looked up: what comes later is not sent', async () => {
    const base = `http://images.home.example:${server.fake.port}`
    const call = control()
    let answer = () => {}
    const lookup: LookupFunction = (_hostname, _options, callback) => {
      answer = () => callback(null, [{ address: '127.0.0.1', family: 4 }])
      call.stop.abort()
    }
    const own = createEgress({ hosts: [{ base }], lookup })
    expect(await faultOf(own.fetch(call)(`${base}/v1/images`, { method: 'POST', body: 'x' }))).toBe('not_sent')
    answer()
    await until(() => server.fake.connections() === 1)
    await turns(50)
    expect(server.fake.seen).toHaveLength(0)
    await own.close()
  })
})

test('[C48a] of 500 MB no more than 32 MB is taken in, and nothing of it is kept', async () => {
  const listener = createServer(socket => {
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
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`
  const own = createEgress({ hosts: [{ base }] })
  const before = process.memoryUsage().arrayBuffers
  expect(await faultOf(own.fetch(control())(`${base}/v1`, { method: 'POST', body: 'x' }))).toBe('bad_answer')
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * mib)
  await until(() => taken > 0)
  expect(taken).toBeLessThan(64 * mib)
  await own.close()
  listener.close()
})
