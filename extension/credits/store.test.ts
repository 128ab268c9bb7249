import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { account } from '../account/store.ts'
import { balanceItem, sessionItem } from '../platform/storage/items.ts'
import { installFakeChrome } from '../platform/test/fake-chrome.ts'
import { followCredits, forgetCredits } from './store.ts'
import { billing } from './test/fixtures.ts'

const { api, backend } = vi.hoisted(() => {
  const backend = { available: 5 }
  const balance = () => ({ available: backend.available, free: backend.available, paid: 0, held: 0 })
  const api = {
    balance: vi.fn(async () => balance()),
    billing: vi.fn(async () => ({ ...fixture.billing, balance: balance() })),
    purchases: vi.fn(async () => ({ purchases: [] })),
  }
  const fixture = { billing: {} }
  return { api, backend: Object.assign(backend, { fixture }) }
})
vi.mock('../platform/api/api.ts', () => ({ api }))

let stop = () => {}
beforeEach(async () => {
  installFakeChrome()
  vi.clearAllMocks()
  backend.available = 5
  backend.fixture.billing = billing(0)
  await sessionItem.set({ status: 'signed-in', refreshToken: 'r', personId: 'p' })
  const stopItem = balanceItem.watch(balance => account.setState({ balance }))
  const stopPage = followCredits()
  stop = () => {
    stopPage()
    stopItem()
    forgetCredits()
  }
  await expect.poll(() => account.getState().balance?.available).toBe(5)
})
afterEach(() => stop())

/** Everything that was begun has been answered, and what it led to as well. */
const settle = async () => {
  for (let step = 0; step < 50; step++) await Promise.resolve()
}

test('what moves the balance elsewhere has the page read the rest again, and what it reads moves nothing itself', async () => {
  await settle()
  const before = api.billing.mock.calls.length
  backend.available = 3
  await balanceItem.set(await api.balance())
  await settle()
  expect(api.billing.mock.calls.length - before).toBe(1)
  expect(account.getState().balance?.available).toBe(3)
})

test('a page that is not shown reads nothing', async () => {
  stop()
  await settle()
  const before = api.billing.mock.calls.length
  await balanceItem.set({ available: 3, free: 3, paid: 0, held: 0 })
  await settle()
  expect(api.billing.mock.calls.length).toBe(before)
})
