import { beforeEach, expect, test, vi } from 'vitest'
import type { Session } from '../platform/storage/items.ts'
import { installFakeChrome } from '../platform/test/fake-chrome.ts'
import { installFakePage } from '../platform/test/fake-page.ts'

const person = { id: 'p1', name: 'Aki', email: 'aki@example.test' }
const balance = { available: 50, free: 50, paid: 0, held: 0 }
const api = { me: vi.fn(async () => person), balance: vi.fn(async () => balance), signOut: vi.fn(async () => {}) }
vi.mock('../platform/api/api.ts', () => ({ api }))

const signedIn = (personId = 'p1'): Session => ({ status: 'signed-in', refreshToken: 'r', personId })

/** A panel that has just opened: fresh modules, the same storage. */
async function openPanel() {
  vi.resetModules()
  const store = await import('./store.ts')
  const storage = await import('../platform/storage/items.ts')
  const [begin, forget] = [vi.fn(async () => {}), vi.fn()]
  await store.startAccount({ begin, forget })
  return { ...store, ...storage, begin, forget, state: () => store.account.getState() }
}

beforeEach(() => {
  installFakeChrome()
  installFakePage()
  vi.clearAllMocks()
})

test('nobody signed in', async () => {
  const panel = await openPanel()
  expect(panel.state()).toMatchObject({ status: 'signed-out', expired: false, person: null, balance: null })
  expect(api.balance).not.toHaveBeenCalled()
})

test('a sign-in shows in the open panel, with person and balance', async () => {
  const panel = await openPanel()
  await panel.sessionItem.set(signedIn())
  await expect.poll(() => panel.state()).toMatchObject({ status: 'signed-in', person, balance })
})

test('the sign-in under way shows, can be left alone, and ends with the session', async () => {
  const panel = await openPanel()
  await panel.startSignIn()
  expect(panel.state().status).toBe('signing-in')
  await panel.signInItem.remove()
  expect(panel.state().status).toBe('signed-out')
  await panel.startSignIn()
  await panel.sessionItem.set(signedIn())
  await expect.poll(() => panel.state().status).toBe('signed-in')
})

test('the tab of a sign-in is closed: the panel says so; another tab that closes is nothing to it', async () => {
  const panel = await openPanel()
  const { endClosedSignIn } = await import('./sign-in.ts')
  await panel.startSignIn()
  const [attempt] = await panel.signInItem.get()
  await endClosedSignIn(attempt!.tab! + 1)
  expect(panel.state()).toMatchObject({ status: 'signing-in', signInProblem: null })
  await endClosedSignIn(attempt!.tab!)
  expect(panel.state()).toMatchObject({ status: 'signed-out', signInProblem: 'sign_in_closed' })
  await panel.startSignIn()
  expect(panel.state()).toMatchObject({ status: 'signing-in', signInProblem: null })
})

test('of two sign-ins under way one closed tab ends its own', async () => {
  const panel = await openPanel()
  const { endClosedSignIn } = await import('./sign-in.ts')
  await panel.startSignIn()
  await panel.startSignIn()
  const [first, second] = await panel.signInItem.get()
  await endClosedSignIn(first!.tab!)
  expect(await panel.signInItem.get()).toEqual([second])
  expect(panel.state()).toMatchObject({ status: 'signing-in', signInProblem: null })
})

test('the address of the sign-in holds state and challenge, never the verifier', async () => {
  const chrome = installFakeChrome()
  const panel = await openPanel()
  await panel.startSignIn()
  const [attempt] = await panel.signInItem.get()
  const url = new URL(chrome.opened[0]!)
  expect(url.origin + url.pathname).toBe('http://localhost:8787/extension/connect')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    state: attempt?.state,
    code_challenge: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    code_challenge_method: 'S256',
    extension_id: chrome.runtime.id,
  })
  expect(url.href).not.toContain(attempt?.verifier)
})

test('an expired session is said, and empties nothing', async () => {
  const panel = await openPanel()
  await panel.sessionItem.set(signedIn())
  await expect.poll(() => panel.state().status).toBe('signed-in')
  await panel.sessionItem.set({ status: 'expired' })
  await expect.poll(() => panel.state()).toMatchObject({ status: 'signed-out', expired: true })
  expect(panel.forget).not.toHaveBeenCalled()
  // The same person comes back to what was there.
  await panel.sessionItem.set(signedIn())
  await expect.poll(() => panel.state()).toMatchObject({ status: 'signed-in', expired: false })
  expect(panel.forget).not.toHaveBeenCalled()
})

test('[C88d] signing out empties every panel and what was stored of the person', async () => {
  const panel = await openPanel()
  await panel.sessionItem.set(signedIn())
  await expect.poll(() => panel.state().balance).toEqual(balance)
  api.signOut.mockImplementationOnce(() => panel.sessionItem.set({ status: 'signed-out', returning: true }))
  await panel.signOut()
  await expect.poll(() => panel.forget).toHaveBeenCalledOnce()
  await expect
    .poll(() => panel.state())
    .toMatchObject({ status: 'signed-out', returning: true, person: null, balance: null })
})

test('another person signing in later, in a panel opened later, finds nothing of the first', async () => {
  const first = await openPanel()
  await first.sessionItem.set(signedIn('p1'))
  await expect.poll(() => first.state().status).toBe('signed-in')
  await first.sessionItem.set({ status: 'expired' })
  const later = await openPanel()
  await later.sessionItem.set(signedIn('p2'))
  await expect.poll(() => later.forget).toHaveBeenCalledOnce()
})

test('a balance that is told while an older answer is on its way stays', async () => {
  const { session } = installFakeChrome().storage
  const panel = await openPanel()
  const letAnswer = session.answerLate()
  const asked = vi.spyOn(session, 'get')
  await panel.sessionItem.set(signedIn())
  await expect.poll(() => asked).toHaveBeenCalledWith('balance')
  // The worker has read the balance before this panel did; storing it again tells nobody.
  await panel.balanceItem.set(balance)
  letAnswer()
  await expect.poll(() => panel.state().status).toBe('signed-in')
  expect(panel.state()).toMatchObject({ balance })
})

test('a backend that is down changes nothing about who is signed in', async () => {
  api.me.mockRejectedValue(new Error('down'))
  api.balance.mockRejectedValue(new Error('down'))
  const panel = await openPanel()
  await panel.sessionItem.set(signedIn())
  await expect.poll(() => panel.state().status).toBe('signed-in')
  expect(panel.state()).toMatchObject({ expired: false, balance: null })
})
