import type { Tokens } from '../../bff/contract/identity.ts'
import { asProblem } from '../platform/api/problem.ts'
import { personItem, signInItem, signInProblemItem } from '../platform/storage/items.ts'
import { type ExternalSender, readExternalMessage } from './external-message.ts'
import { openAttempts } from './sign-in.ts'

export interface HandOverOptions {
  origin: string
  now: () => number
  redeem: (code: string, verifier: string) => Promise<Tokens>
  refreshBalance: () => Promise<void>
}

/**
 * Takes a message of the web app. Resolves to true when it was ours and is done; everything else is ignored without an
 * answer and changes nothing.
 */
export function createHandOver({ origin, now, redeem, refreshBalance }: HandOverOptions) {
  const signIn = async (state: string, code: string, tab: ExternalSender['tab']): Promise<boolean> => {
    const attempt = openAttempts(await signInItem.get(), now()).find(entry => entry.state === state)
    if (!attempt) return false
    // Gone before it is used: the same message a second time finds nothing.
    await signInItem.remove()
    try {
      const { person } = await redeem(code, attempt.verifier)
      await personItem.set(person)
    } catch (error) {
      await signInProblemItem.set(asProblem(error).code)
      return false
    }
    await refreshBalance().catch(() => {
      // The panel reads it again when it opens; the sign-in itself is done.
    })
    if (tab) await leaveTab(tab, attempt.fromTab)
    return true
  }

  return async (message: unknown, sender: ExternalSender): Promise<boolean> => {
    const known = readExternalMessage(message, sender, origin)
    if (known === null) return false
    if (known.type === 'auth-state-changed') return signIn(known.state, known.code, sender.tab)
    await refreshBalance().catch(() => {})
    return true
  }
}

/** The page has nothing left to say: the person goes back to where they were, unless they have gone elsewhere since. */
async function leaveTab({ id, active }: chrome.tabs.Tab, back: number | null) {
  // Either tab may have been closed in the meantime.
  if (active && back !== null) await chrome.tabs.update(back, { active: true }).catch(() => {})
  if (id !== undefined) await chrome.tabs.remove(id).catch(() => {})
}
