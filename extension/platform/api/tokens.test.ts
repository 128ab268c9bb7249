import { beforeEach, expect, test, vi } from 'vitest'
import type { Tokens } from '../../../bff/contract/identity.ts'
import { accessItem, sessionItem } from '../storage/items.ts'
import { installFakeChrome } from '../test/fake-chrome.ts'
import type { Http } from './http.ts'
import { ApiProblem } from './problem.ts'
import { createTokens } from './tokens.ts'

const now = 1_800_000_000_000
const person = { id: 'p1', name: 'Aki', email: 'aki@example.test' }
const exchange = vi.fn<(body: unknown) => Promise<Tokens>>()
// The answer is passed on as it is: reading it is the business of http.ts.
const http = (async (request: { body?: unknown }) => exchange(request.body)) as unknown as Http

/** One after the other, as navigator.locks does. */
function createLock() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(run: () => Promise<T>): Promise<T> => {
    const mine = last.then(run)
    last = mine.catch(() => {})
    return mine
  }
}

const keeper = (exclusively = createLock()) =>
  createTokens({ http, session: sessionItem, access: accessItem, now: () => now, exclusively })

const signedIn = async (expiresAt: number) => {
  await sessionItem.set({ status: 'signed-in', refreshToken: 'r1', personId: 'p1' })
  await accessItem.set({ token: 'a1', expiresAt })
}

let count = 1
beforeEach(() => {
  installFakeChrome()
  count = 1
  exchange.mockReset().mockImplementation(async () => {
    count++
    return { accessToken: `a${count}`, refreshToken: `r${count}`, expiresIn: 900, person }
  })
})

test('a token that lives is used as it is', async () => {
  await signedIn(now + 31_000)
  expect(await keeper().accessToken()).toBe('a1')
  expect(exchange).not.toHaveBeenCalled()
})

test('a token about to end is renewed before it is used', async () => {
  await signedIn(now + 29_000)
  expect(await keeper().accessToken()).toBe('a2')
  expect(exchange).toHaveBeenCalledExactlyOnceWith({ grant: 'refresh', refreshToken: 'r1' })
  expect(await accessItem.get()).toEqual({ token: 'a2', expiresAt: now + 900_000 })
  expect(await sessionItem.get()).toEqual({ status: 'signed-in', refreshToken: 'r2', personId: 'p1' })
})

test('twenty calls at once, from two panels, renew once and get the same token', async () => {
  await signedIn(0)
  const lock = createLock()
  const [one, two] = [keeper(lock), keeper(lock)]
  const got = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? one : two).accessToken()))
  expect(new Set(got)).toEqual(new Set(['a2']))
  expect(exchange).toHaveBeenCalledOnce()
})

test('a refused token is renewed once, also when several calls were refused with it', async () => {
  await signedIn(now + 900_000)
  const tokens = keeper()
  expect(await Promise.all([tokens.accessToken('a1'), tokens.accessToken('a1')])).toEqual(['a2', 'a2'])
  expect(exchange).toHaveBeenCalledOnce()
})

test('a refused refresh ends the session as expired, for every panel to see', async () => {
  await signedIn(0)
  exchange.mockRejectedValue(new ApiProblem('signed_out', 401))
  await expect(keeper().accessToken()).rejects.toMatchObject({ code: 'signed_out' })
  expect(await sessionItem.get()).toEqual({ status: 'expired' })
  expect(await accessItem.get()).toBeNull()
})

test.each([
  ['offline', 0],
  ['unreachable', 0],
  ['internal', 500],
  ['unavailable', 503],
  ['bad_answer', 502],
  ['too_many_requests', 429],
] as const)('%s during a refresh signs nobody out', async (code, status) => {
  await signedIn(0)
  exchange.mockRejectedValue(new ApiProblem(code, status))
  await expect(keeper().accessToken()).rejects.toMatchObject({ code })
  expect(await sessionItem.get()).toMatchObject({ status: 'signed-in', refreshToken: 'r1' })
})

test('nobody signed in: no call is made', async () => {
  await expect(keeper().accessToken()).rejects.toMatchObject({ code: 'signed_out' })
  expect(exchange).not.toHaveBeenCalled()
})

test('signing out while a refresh is under way stays signed out', async () => {
  await signedIn(0)
  const tokens = keeper()
  exchange.mockImplementationOnce(async () => {
    await tokens.forget()
    return { accessToken: 'late', refreshToken: 'late', expiresIn: 900, person }
  })
  await expect(tokens.accessToken()).rejects.toMatchObject({ code: 'signed_out' })
  expect(await sessionItem.get()).toMatchObject({ status: 'signed-out' })
  expect(await accessItem.get()).toBeNull()
})

test('a one-time code becomes a session', async () => {
  await keeper().redeem('c', 'v')
  expect(exchange).toHaveBeenCalledExactlyOnceWith({ grant: 'code', code: 'c', verifier: 'v' })
  expect(await sessionItem.get()).toMatchObject({ status: 'signed-in', personId: 'p1' })
})
