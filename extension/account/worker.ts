import { api } from '../platform/api/api.ts'
import { origin } from '../platform/api/origin.ts'
import { refreshBalance } from './balance.ts'
import { createHandOver } from './handoff.ts'
import { endClosedSignIn } from './sign-in.ts'

/** The worker's ear for the web app: takes the handoff of a sign-in and the news of a purchase, and sees its tab close. */
export function listenToWebApp() {
  chrome.tabs.onRemoved.addListener(tabId => void endClosedSignIn(tabId))
  const receive = createHandOver({ origin, now: Date.now, redeem: api.redeem, refreshBalance })
  chrome.runtime.onMessageExternal.addListener((message, sender, answer) => {
    void receive(message, sender).then(done => {
      if (done) answer({ done })
    })
    // Keeps the channel open for the answer, and the worker alive until then.
    return true
  })
}
