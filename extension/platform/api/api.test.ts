import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { installFakeChrome } from '../test/fake-chrome.ts'
import { createApi } from './api.ts'
import { createHttp } from './http.ts'
import type { TokenKeeper } from './tokens.ts'

type Answer = (path: string, init: RequestInit) => Response | Promise<Response>

const refused = () => Response.json({ code: 'signed_out' }, { status: 401 })

beforeEach(() => void installFakeChrome())
afterEach(() => void vi.useRealTimers())

function connect(answer: Answer) {
  const fetch = vi.fn(async (input: RequestInfo | URL, init: RequestInit = {}) =>
    answer(String(input).replace('https://mimicit.app', ''), init),
  )
  const http = createHttp({ origin: 'https://mimicit.app', fetch, isOnline: () => true, onOutdated: () => {} })
  const tokens = {
    accessToken: vi.fn(async (bad?: string) => (bad === undefined ? 'a1' : 'a2')),
    redeem: vi.fn(),
    forget: vi.fn(async () => {}),
  } satisfies TokenKeeper
  return { api: createApi({ http, tokens }), fetch, tokens }
}

const bearer = (init: RequestInit) => new Headers(init.headers).get('Authorization')

test('a refused token is renewed once and the same call sent again', async () => {
  const { api, fetch, tokens } = connect((_, init) =>
    bearer(init) === 'Bearer a2' ? Response.json({ available: 1 }) : refused(),
  )
  expect(await api.balance()).toEqual({ available: 1 })
  expect(tokens.accessToken.mock.calls).toEqual([[], ['a1']])
  expect(fetch).toHaveBeenCalledTimes(2)
})

test('a token refused twice ends there', async () => {
  const { api, fetch } = connect(refused)
  await expect(api.balance()).rejects.toMatchObject({ code: 'signed_out' })
  expect(fetch).toHaveBeenCalledTimes(2)
})

test('other refusals are not tried again', async () => {
  const { api, fetch } = connect(() => Response.json({ code: 'insufficient_credits' }, { status: 402 }))
  const spec = {
    model: 'm',
    prompt: '',
    negative: '',
    sources: [],
    options: { aspect: '1:1', size: '1K' },
    price: 7,
  } as const
  await expect(api.generate({ ...spec, sources: [] }, [], 'k')).rejects.toMatchObject({ status: 402 })
  expect(fetch).toHaveBeenCalledTimes(1)
})

test('a generation sends its spec first, then each picture, under the key it was given', async () => {
  const { api, fetch } = connect(() => Response.json({ id: 'g' }))
  const spec = {
    model: 'm',
    prompt: 'a boat',
    negative: '',
    sources: [{ role: 'style' as const, weight: 70 }],
    options: { aspect: '1:1' as const, size: '1K' },
    price: 7,
  }
  await api.generate(spec, [new Blob(['bytes'], { type: 'image/png' })], 'key-1')
  const init = fetch.mock.calls[0]![1]!
  const parts = [...(init.body as FormData)]
  expect(parts.map(([name]) => name)).toEqual(['spec', 'source'])
  expect(JSON.parse(parts[0]![1] as string)).toEqual(spec)
  expect(await (parts[1]![1] as Blob).text()).toBe('bytes')
  expect(new Headers(init.headers).get('Idempotency-Key')).toBe('key-1')
})

test('the catalogue needs nobody to be signed in', async () => {
  const { api, fetch, tokens } = connect(() => Response.json({ models: [] }))
  await api.models()
  expect(tokens.accessToken).not.toHaveBeenCalled()
  expect(bearer(fetch.mock.calls[0]![1]!)).toBeNull()
})

test('queries and ids are escaped', async () => {
  const { api, fetch } = connect(() => Response.json({}))
  await api.pictures({ cursor: 'a&b', favourite: true })
  await api.generation('../me')
  expect(fetch.mock.calls.map(([input]) => input)).toEqual([
    'https://mimicit.app/v1/pictures?cursor=a%26b&favourite=true',
    'https://mimicit.app/v1/generations/..%2Fme',
  ])
})

test.each([
  ['is down', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['refuses', () => Response.json({ code: 'internal' }, { status: 500 })],
])('signing out forgets the tokens even when the backend %s', async (_, answer) => {
  const { api, tokens } = connect(answer)
  await expect(api.signOut()).rejects.toThrow()
  expect(tokens.forget).toHaveBeenCalledOnce()
})

test('a backend that never answers holds up a sign-out for 5 s at most', async () => {
  vi.useFakeTimers()
  const { api, tokens } = connect(() => new Promise(() => {}))
  const leaving = api.signOut()
  await vi.advanceTimersByTimeAsync(5_000)
  await leaving
  expect(tokens.forget).toHaveBeenCalledOnce()
})
