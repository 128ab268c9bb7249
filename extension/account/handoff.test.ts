import { beforeEach, expect, test, vi } from 'vitest'
import type { Tokens } from '../../bff/contract/identity.ts'
import { ApiProblem } from '../platform/api/problem.ts'
import { personItem, signInItem, signInProblemItem } from '../platform/storage/items.ts'
import { installFakeChrome } from '../platform/test/fake-chrome.ts'
import type { ExternalSender } from './external-message.ts'
import { createHandOver } from './handoff.ts'

const origin = 'https://mimicit.app'
const state = 's'.repeat(43)
const code = 'c'.repeat(43)
const now = 1_800_000_000_000
const attempt = { state, verifier: 'v'.repeat(43), startedAt: now - 60_000, fromTab: 3, tab: 7 }
const tokens: Tokens = {
  accessToken: 'a'.repeat(43),
  refreshToken: 'r'.repeat(43),
  expiresIn: 900,
  person: { id: 'p1', name: 'Aki', email: 'aki@example.test' },
}
const message = { type: 'auth-state-changed', state, code }
const sender = { origin, frameId: 0, tab: { id: 7, active: true } } as ExternalSender

let chrome: ReturnType<typeof installFakeChrome>
const redeem = vi.fn(async () => tokens)
const refreshBalance = vi.fn(async () => {})
const receive = createHandOver({ origin, now: () => now, redeem, refreshBalance })

beforeEach(async () => {
  chrome = installFakeChrome()
  vi.clearAllMocks()
  await signInItem.set([attempt])
})

test('the code of an own sign-in is redeemed with the verifier, and the tab closes', async () => {
  expect(await receive(message, sender)).toBe(true)
  expect(redeem).toHaveBeenCalledExactlyOnceWith(code, attempt.verifier)
  expect(await personItem.get()).toEqual(tokens.person)
  expect(refreshBalance).toHaveBeenCalledOnce()
  expect(await signInItem.get()).toEqual([])
  expect(chrome.shown).toEqual([3])
  expect(chrome.closed).toEqual([7])
})

test('someone who has gone to another tab meanwhile is not pulled away', async () => {
  await receive(message, { ...sender, tab: { id: 7, active: false } } as ExternalSender)
  expect(chrome.shown).toEqual([])
  expect(chrome.closed).toEqual([7])
})

test('the same message a second time finds no attempt', async () => {
  await receive(message, sender)
  expect(await receive(message, sender)).toBe(false)
  expect(redeem).toHaveBeenCalledOnce()
})

test.each<[string, unknown, Partial<Record<keyof ExternalSender, unknown>>]>([
  ['[C13] another origin', message, { origin: 'https://example.test' }],
  ['[C13] a look-alike host', message, { origin: 'https://mimicit.app.evil.test' }],
  ['[C13] a sub-domain', message, { origin: 'https://x.mimicit.app' }],
  ['[C13] another port', message, { origin: 'https://mimicit.app:8443' }],
  ['[C13] http', message, { origin: 'http://mimicit.app' }],
  ['[C13] no origin', message, { origin: undefined }],
  ['[C13] an opaque origin', message, { origin: 'null' }],
  ['[C13] another extension', message, { id: 'abcdefghijklmnopabcdefghijklmnop' }],
  ['[C13] an extension page without a tab', message, { tab: undefined }],
  ['[P15] a frame in our page', message, { frameId: 3 }],
  ['[C13] an extra field', { ...message, token: 't' }, {}],
  ['[P15] another type', { ...message, type: 'sign-in' }, {}],
  ['[P15] no type', { state, code }, {}],
  ['[P15] a missing code', { type: message.type, state }, {}],
  ['[P15] a code of another length', { ...message, code: 'c' }, {}],
  ['[P15] a state that is no text', { ...message, state: [state] }, {}],
  ['[P15] a bare text', 'auth-state-changed', {}],
  ['[P15] nothing', null, {}],
  ['[P15] credits with a number', { type: 'credits-updated', balance: 5 }, {}],
  ['[C15] a sign-in that was not started here', { ...message, state: 'x'.repeat(43) }, {}],
])('%s is ignored without an answer', async (_, wrongMessage, change) => {
  const before = chrome.storage.session.all()
  expect(await receive(wrongMessage, { ...sender, ...change } as ExternalSender)).toBe(false)
  expect(redeem).not.toHaveBeenCalled()
  expect(refreshBalance).not.toHaveBeenCalled()
  expect(chrome.storage.session.all()).toEqual(before)
  expect(chrome.closed).toEqual([])
})

test.each([
  ['ten minutes old', now - 10 * 60_000],
  ['from the future (the clock was set back)', now + 1],
])('an attempt %s no longer counts', async (_, startedAt) => {
  await signInItem.set([{ ...attempt, startedAt }])
  expect(await receive(message, sender)).toBe(false)
  expect(redeem).not.toHaveBeenCalled()
})

test('two windows may each have an attempt; either ends well', async () => {
  const other = { ...attempt, state: 'o'.repeat(43), verifier: 'w'.repeat(43) }
  await signInItem.set([attempt, other])
  expect(await receive({ ...message, state: other.state }, sender)).toBe(true)
  expect(redeem).toHaveBeenCalledExactlyOnceWith(code, other.verifier)
})

test('a refused code leaves its reason for the panel, and the page open', async () => {
  redeem.mockRejectedValueOnce(new ApiProblem('code_invalid', 400))
  expect(await receive(message, sender)).toBe(false)
  expect(await signInProblemItem.get()).toBe('code_invalid')
  expect(chrome.closed).toEqual([])
})

test('a balance that cannot be read does not undo the sign-in', async () => {
  refreshBalance.mockRejectedValueOnce(new ApiProblem('unreachable'))
  expect(await receive(message, sender)).toBe(true)
})

test('credits-updated only makes the balance be read again', async () => {
  expect(await receive({ type: 'credits-updated' }, sender)).toBe(true)
  expect(refreshBalance).toHaveBeenCalledOnce()
  expect(redeem).not.toHaveBeenCalled()
  expect(chrome.closed).toEqual([])
})
