/** Who is signed in and what they can spend. The stored items are the truth; every panel follows them. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Balance } from '../../bff/contract/credits.ts'
import type { Person } from '../../bff/contract/identity.ts'
import { api } from '../platform/api.ts'
import { ApiProblem } from '../platform/problem.ts'
import { balanceItem, personItem, type Session, sessionItem, signInItem } from '../platform/storage.ts'

export { startSignIn } from './sign-in.ts'

export interface Account {
  status: 'unknown' | 'signed-out' | 'signing-in' | 'signed-in'
  /** The session ended by itself: say so, and that nothing is lost. */
  expired: boolean
  person: Person | null
  balance: Balance | null
}

export const account = createStore<Account>(() => ({
  status: 'unknown',
  expired: false,
  person: null,
  balance: null,
}))

export function useAccount(): Account
export function useAccount<T>(select: (account: Account) => T): T
export function useAccount<T>(select?: (account: Account) => T) {
  return useStore(account, select ?? (state => state as T))
}

const leaveHooks = new Set<() => unknown>()

/** Registers what must be emptied when the person signs out (local history, drafts of results). */
export function onSignOut(run: () => unknown): () => void {
  leaveHooks.add(run)
  return () => leaveHooks.delete(run)
}

/** Reads the balance again; every open panel shows it. Keeps the last known one when the backend cannot be asked. */
export async function refreshBalance() {
  if ((await sessionItem.get()).status !== 'signed-in') return
  await balanceItem.set(await api.balance())
}

/** Signs out here and at the backend, and empties what this computer kept of the person's work. */
export async function signOut() {
  await api.signOut().catch(() => {})
  await Promise.all([balanceItem.remove(), personItem.remove(), ...[...leaveHooks].map(async run => run())])
}

/** Follows the stored session from now on; call once when a panel opens. */
export async function startAccount() {
  sessionItem.watch(session => void follow(session))
  signInItem.watch(attempt => {
    if (account.getState().status === 'signed-in') return
    account.setState({ status: attempt ? 'signing-in' : 'signed-out' })
  })
  personItem.watch(person => account.setState({ person }))
  balanceItem.watch(balance => account.setState({ balance }))
  account.setState({ person: await personItem.get(), balance: await balanceItem.get() })
  await follow(await sessionItem.get())
}

async function follow(session: Session) {
  if (session.status !== 'signed-in') {
    const attempt = await signInItem.get()
    account.setState({
      status: attempt ? 'signing-in' : 'signed-out',
      expired: session.status === 'expired',
      person: null,
      balance: null,
    })
    return
  }
  account.setState({ status: 'signed-in', expired: false })
  await Promise.all([refreshPerson(), refreshBalance()]).catch(error => {
    // A line that is down changes nothing: the calls that matter to the person say so themselves.
    if (!(error instanceof ApiProblem)) throw error
  })
}

async function refreshPerson() {
  await personItem.set(await api.me())
}
