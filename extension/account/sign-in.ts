/**
 * Sign-in without the identity permission: the web app signs the person in and hands over a one-time code that only this
 * extension can use, because only it knows the verifier. See handoff.ts for the way back.
 */
import { origin } from '../platform/api/origin.ts'
import { type SignInAttempt, signInItem, signInProblemItem } from '../platform/storage/items.ts'

/** An attempt is forgotten after this long; the person can start another at any time. */
const attemptLife = 10 * 60_000
/** Two windows, or a second press, may each have one under way. */
const mostAttempts = 4

/** The attempts that may still come back. */
export const openAttempts = (attempts: readonly SignInAttempt[], now: number): readonly SignInAttempt[] =>
  attempts.filter(({ startedAt }) => startedAt <= now && now - startedAt < attemptLife)

/** Opens the web app's sign-in in a tab; the panel follows the session from there. */
export async function startSignIn() {
  const [inFront] = await chrome.tabs.query({ active: true, currentWindow: true })
  const [state, verifier] = [randomSecret(), randomSecret()]
  const query = new URLSearchParams({
    state,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: 'S256',
    extension_id: chrome.runtime.id,
  })
  // The page answers after a press at the earliest, long after the attempt has been noted.
  const tab = await chrome.tabs.create({ url: `${origin}/extension/connect?${query}` })
  const startedAt = Date.now()
  const others = openAttempts(await signInItem.get(), startedAt)
  const attempt = { state, verifier, startedAt, fromTab: inFront?.id ?? null, tab: tab.id ?? null }
  await signInProblemItem.remove()
  await signInItem.set([...others, attempt].slice(-mostAttempts))
}

/** A tab was closed: a sign-in under way in it will not come back, and the panel says so. */
export async function endClosedSignIn(tabId: number) {
  const attempts = await signInItem.get()
  const left = attempts.filter(({ tab }) => tab !== tabId)
  if (left.length === attempts.length) return
  await signInItem.set(left)
  if (openAttempts(left, Date.now()).length === 0) await signInProblemItem.set('sign_in_closed')
}

/** Proof Key for Code Exchange (RFC 7636), method S256. */

/** 256 random bits as base64url without padding: 43 characters. */
export const randomSecret = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)))

/** What may be shown of a verifier: its SHA-256. */
export async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
