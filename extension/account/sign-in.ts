/** Starts a sign-in without the identity permission: the web app signs in, and hands over a code that only we can use. */
import { origin } from '../platform/origin.ts'
import { signInItem } from '../platform/storage.ts'
import { challengeOf, randomSecret } from './pkce.ts'

/** Opens the web app's sign-in in a tab; the answer comes to the worker (hand-over.ts), and the panel follows the session. */
export async function startSignIn() {
  const state = randomSecret()
  const verifier = randomSecret()
  await signInItem.set({ state, verifier, startedAt: Date.now() })
  const query = new URLSearchParams({
    state,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: 'S256',
    extension_id: chrome.runtime.id,
  })
  await chrome.tabs.create({ url: `${origin}/extension/connect?${query}` })
}
