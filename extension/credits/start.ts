import { account, refreshBalance } from '../account/store.ts'

/** Somebody who comes back to the panel may have bought something elsewhere: what they can spend is read again. */
export function startCredits() {
  const comeBack = () => {
    if (document.visibilityState !== 'visible' || account.getState().status !== 'signed-in') return
    void refreshBalance().catch(() => {})
  }
  document.addEventListener('visibilitychange', comeBack)
  addEventListener('focus', comeBack)
}
