import { describe, expect, test, vi } from 'vitest'
import { left } from '../../picking/panel/page-link.ts'
import { fetchPicture, maxPictureBytes } from './fetch-picture.ts'
import { ByteReadingError, createByteReading } from './read-bytes.ts'
import { ReadError } from './read-error.ts'
import { type ByteReader, createDataReader, createFrameReader, createPanelReader } from './readers.ts'

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const picture = () => new Blob([png])
const address = { src: 'https://pictures.example/a.png', tabId: 7, listed: { frame: 'f', id: 1 } }
/** Chrome's word on whether bytes are a picture; these begin like a PNG. */
const open = async (blob: Blob) => {
  if (new Uint8Array(await blob.arrayBuffer())[0] !== 0x89) throw new ReadError('not_a_picture')
}
const online = { isOnline: () => true, open }

/** A fetch that never sends anything; every call must be anonymous. */
const stubFetch = (answer: () => Response | Promise<Response>) =>
  vi.fn(async (_input: RequestInfo | URL, init?: RequestInit) => {
    expect(init?.credentials).toBe('omit')
    expect(init?.referrerPolicy).toBe('no-referrer')
    return answer()
  })

const reader = (name: ByteReader['name'], read: ByteReader['read']): ByteReader => ({ name, read: vi.fn(read) })
const refuses = (name: ByteReader['name'], reason: ReadError['reason']) =>
  reader(name, async () => {
    throw new ReadError(reason)
  })

describe('the byte readers', () => {
  test('asks the owning frame first and nobody after it has answered', async () => {
    const panel = reader('panel', async () => picture())
    const read = createByteReading([reader('frame', async () => picture()), panel], online)
    expect((await read(address)).size).toBe(png.length)
    expect(panel.read).not.toHaveBeenCalled()
  })

  test('goes on to the next reader when one fails or answers with something else', async () => {
    const order: string[] = []
    const note = (name: ByteReader['name'], read: ByteReader['read']) =>
      reader(name, from => {
        order.push(name)
        return read(from)
      })
    const read = createByteReading(
      [
        note('data', () => undefined),
        note('frame', async () => new Blob(['<!doctype html>Please sign in'])),
        note('panel', async () => picture()),
      ],
      online,
    )
    await read(address)
    expect(order).toEqual(['data', 'frame', 'panel'])
  })

  test('names the reason of every reader and tells the one that knows best', async () => {
    const read = createByteReading([refuses('frame', 'page_refused'), refuses('panel', 'gone')], online)
    const error = await read(address).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ByteReadingError)
    expect(error).toMatchObject({
      reason: 'gone',
      failed: [
        { reader: 'frame', reason: 'page_refused' },
        { reader: 'panel', reason: 'gone' },
      ],
    })
  })

  test('ends when nobody waits any more', async () => {
    const stop = new AbortController()
    const panel = reader('panel', async () => picture())
    const frame = reader('frame', async () => {
      stop.abort()
      throw new ReadError('page_refused')
    })
    await expect(createByteReading([frame, panel], online)(address, stop.signal)).rejects.toBe(stop.signal.reason)
    expect(panel.read).not.toHaveBeenCalled()
  })

  test('[C91a] says offline when the line is down', async () => {
    const read = createByteReading([refuses('panel', 'unreachable')], { isOnline: () => false, open })
    await expect(read(address)).rejects.toMatchObject({ reason: 'offline' })
  })

  test('says that the page was left, whatever the panel met with at the address afterwards', async () => {
    const frame = createFrameReader({ read: async () => left })
    await expect(createByteReading([frame, refuses('panel', 'refused')], online)(address)).rejects.toMatchObject({
      reason: 'page_left',
    })
    expect(await createByteReading([frame, reader('panel', async () => picture())], online)(address)).toBeInstanceOf(
      Blob,
    )
  })

  test('asks the frame for the larger one only where that is meant; where nobody listed it, not at all', async () => {
    const read = vi.fn(async () => picture())
    const frame = createFrameReader({ read })
    await frame.read({ ...address, isLarger: true })
    expect(read).toHaveBeenCalledExactlyOnceWith(7, address.listed, { larger: true, signal: undefined })
    expect(frame.read({ src: address.src, tabId: 7 })).toBeUndefined()
  })

  test('says that the page refused when no other way leads there', async () => {
    const fetch = stubFetch(() => new Response(png))
    const read = createByteReading(
      [createFrameReader({ read: async () => null }), createPanelReader({ fetch })],
      online,
    )
    await expect(read({ ...address, src: 'blob:https://pictures.example/1' })).rejects.toMatchObject({
      reason: 'page_refused',
    })
    expect(fetch).not.toHaveBeenCalled()
  })
})

describe('one request for one picture', () => {
  const signal = () => AbortSignal.timeout(5_000)

  test('goes without cookies and without Referer', async () => {
    const fetch = stubFetch(() => new Response(png))
    await createPanelReader({ fetch }).read(address)
    expect(fetch).toHaveBeenCalledOnce()
    expect(fetch.mock.calls[0]?.[0]).toBe(address.src)
  })

  test.each([
    [401, 'refused'],
    [403, 'refused'],
    [404, 'gone'],
    [410, 'gone'],
    [500, 'refused'],
  ])('status %i is %s', async (status, reason) => {
    const fetch = stubFetch(() => new Response('no', { status }))
    await expect(fetchPicture(address.src, { fetch, signal: signal() })).rejects.toMatchObject({ reason })
  })

  test('a line that breaks is unreachable, a slow one is timed out', async () => {
    const broken = stubFetch(() => Promise.reject(new TypeError('Failed to fetch')))
    await expect(fetchPicture(address.src, { fetch: broken, signal: signal() })).rejects.toMatchObject({
      reason: 'unreachable',
    })
    await expect(fetchPicture(address.src, { fetch: broken, signal: AbortSignal.abort() })).rejects.toMatchObject({
      reason: 'timed_out',
    })
  })

  test('a redirect that Chrome does not follow has its own reason, and the second request is as anonymous', async () => {
    const fetch = vi.fn(async (_: unknown, { redirect, ...init }: RequestInit = {}) => {
      expect(init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' })
      if (redirect !== 'manual') throw new TypeError('Failed to fetch')
      return Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' })
    })
    await expect(createPanelReader({ fetch }).read(address)).rejects.toMatchObject({ reason: 'dead_redirect' })
    const silent = stubFetch(() => Promise.reject(new TypeError('Failed to fetch')))
    await expect(createPanelReader({ fetch: silent }).read(address)).rejects.toMatchObject({ reason: 'unreachable' })
  })

  test('an answer that says it is too large is not read', async () => {
    const body = vi.fn()
    const fetch = stubFetch(
      () =>
        new Response(new ReadableStream({ pull: body }, { highWaterMark: 0 }), {
          headers: { 'content-length': String(maxPictureBytes + 1) },
        }),
    )
    await expect(fetchPicture(address.src, { fetch, signal: signal() })).rejects.toMatchObject({ reason: 'too_big' })
    expect(body).not.toHaveBeenCalled()
  })

  test('an answer without end is cut at the limit', async () => {
    const megabyte = new Uint8Array(1024 * 1024)
    let sent = 0
    const endless = new ReadableStream({
      pull: controller => {
        sent += 1
        controller.enqueue(megabyte)
      },
    })
    const fetch = stubFetch(() => new Response(endless))
    await expect(fetchPicture(address.src, { fetch, signal: signal() })).rejects.toMatchObject({ reason: 'too_big' })
    expect(sent).toBeLessThan(40)
  })

  test('a data: picture is read where it is; a shortened one is left to its frame', async () => {
    const fetch = stubFetch(() => new Response(png))
    const data = createDataReader({ fetch })
    expect(await data.read({ src: 'data:image/png;base64,AAAA', tabId: 1 })).toBeInstanceOf(Blob)
    expect(data.read({ src: 'data:', tabId: 1 })).toBeUndefined()
    expect(data.read(address)).toBeUndefined()
  })
})
