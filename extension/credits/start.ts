import { account, refreshBalance } from '../account/store.ts'
import { listen, type Stop, stopAll } from '../platform/stop.ts'

/** Somebody who comes back to the panel may have bought something elsewhere: what they can spend is read again. */
const comeBack = () => {
  if (document.visibilityState !== 'visible' || account.getState().status !== 'signed-in') return
  void refreshBalance().catch(() => {})
}

/** Keeps what can be spent in step with what happens elsewhere. */
export const startCredits = (): Stop =>
  stopAll([listen(document, 'visibilitychange', comeBack), listen(window, 'focus', comeBack)])
