import { afterEach, expect, test, vi } from 'vitest'
import { createHttp, readJson } from './http.ts'

afterEach(() => void vi.useRealTimers())

function withAnswer(answer: (input: string, init: RequestInit) => Response | Promise<Response>, isOnline = true) {
  const fetch = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => answer(String(input), init ?? {}))
  const onOutdated = vi.fn()
  const http = createHttp({ origin: 'https://mimicit.app', fetch, isOnline: () => isOnline, onOutdated })
  return { fetch, http, onOutdated }
}

const hanging = (_: string, { signal }: RequestInit) =>
  new Promise<Response>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))

test('a call has no cookies and no Referer, and never follows a redirect', async () => {
  const { http, fetch } = withAnswer(() => Response.json({ ok: 1 }))
  expect(await http({ method: 'POST', path: '/v1/x', body: { a: 1 } }, readJson)).toEqual({ ok: 1 })
  const [input, init] = fetch.mock.calls[0]!
  expect(input).toBe('https://mimicit.app/v1/x')
  expect(init).toMatchObject({
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    redirect: 'error',
    body: '{"a":1}',
    headers: { 'Content-Type': 'application/json', 'X-Mimicit-Contract': '1' },
  })
})

test('a form keeps the content type that the browser sets, with its boundary', async () => {
  const { http, fetch } = withAnswer(() => Response.json({}))
  await http({ method: 'POST', path: '/v1/x', body: new FormData() }, readJson)
  expect(fetch.mock.calls[0]![1]!.headers).not.toHaveProperty('Content-Type')
})

test('a problem keeps its code, status and numbers', async () => {
  const { http } = withAnswer(() =>
    Response.json({ code: 'insufficient_credits', params: { have: 4, need: 7, odd: {} } }, { status: 402 }),
  )
  await expect(http({ path: '/' }, readJson)).rejects.toMatchObject({
    code: 'insufficient_credits',
    status: 402,
    params: { have: 4, need: 7 },
  })
})

test('426 is told to the whole panel', async () => {
  const { http, onOutdated } = withAnswer(() => Response.json({ code: 'update_needed' }, { status: 426 }))
  await expect(http({ path: '/' }, readJson)).rejects.toMatchObject({ code: 'update_needed' })
  expect(onOutdated).toHaveBeenCalledOnce()
})

test.each([
  ['a page of a proxy', new Response('<html>', { status: 502 }), 502],
  ['[C89c] an empty body', new Response(null, { status: 500 }), 500],
  ['JSON without a code', Response.json({ error: 'x' }, { status: 400 }), 400],
  ['[C89d] an answer that is not JSON', new Response('<html>', { status: 200 }), 200],
])('%s is bad_answer', async (_, response, status) => {
  const { http } = withAnswer(() => response)
  await expect(http({ path: '/' }, readJson)).rejects.toMatchObject({ code: 'bad_answer', status })
})

test.each([
  [true, 'unreachable'],
  [false, 'offline'],
])('a failing fetch while online is %s: %s', async (isOnline, code) => {
  const { http } = withAnswer(() => Promise.reject(new TypeError('Failed to fetch')), isOnline)
  await expect(http({ path: '/' }, readJson)).rejects.toMatchObject({ code, status: 0 })
})

test('[C89b] a slow answer ends after the timeout', async () => {
  vi.useFakeTimers()
  const { http } = withAnswer(hanging)
  const call = expect(http({ path: '/', timeout: 3_000 }, readJson)).rejects.toMatchObject({ code: 'unreachable' })
  await vi.advanceTimersByTimeAsync(3_000)
  await call
})

test("a caller's abort comes back as an abort, not as a problem", async () => {
  const stop = new AbortController()
  const { http } = withAnswer(hanging)
  const call = http({ path: '/', signal: stop.signal }, readJson)
  stop.abort()
  await expect(call).rejects.toMatchObject({ name: 'AbortError' })
})
