/** Who is signed in and what they can spend. The stored items are the truth; every open panel follows them. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Balance } from '../../bff/contract/credits.ts'
import type { Person } from '../../bff/contract/identity.ts'
import { api } from '../platform/api/api.ts'
import {
  balanceItem,
  ownerItem,
  personItem,
  type Session,
  type SignInAttempt,
  sessionItem,
  signInItem,
  signInProblemItem,
} from '../platform/storage/items.ts'
import { refreshBalance } from './balance.ts'
import { openAttempts } from './sign-in.ts'

export { refreshBalance } from './balance.ts'
export { startSignIn } from './sign-in.ts'

export interface Account {
  status: 'unknown' | 'signed-out' | 'signing-in' | 'signed-in'
  /** The session ended by itself: say so, and that nothing is lost. */
  expired: boolean
  /** Somebody has been signed in here before: no talk of free credits. */
  returning: boolean
  /** Why the last sign-in did not work: the code of a problem. */
  signInProblem: string | null
  person: Person | null
  balance: Balance | null
}

export const account = createStore<Account>(() => ({
  status: 'unknown',
  expired: false,
  returning: false,
  signInProblem: null,
  person: null,
  balance: null,
}))

export function useAccount(): Account
export function useAccount<T>(select: (account: Account) => T): T
export function useAccount<T>(select: (account: Account) => T | Account = state => state) {
  return useStore(account, select)
}

const emptiers = new Set<() => unknown>()

/** Registers what must be emptied when the person signs out or another one signs in: local copies of their work. */
export function onSignOut(empty: () => unknown): () => void {
  emptiers.add(empty)
  return () => void emptiers.delete(empty)
}

/** Signs out here, even when the backend cannot be told; what this computer kept of the person's work goes with it. */
export async function signOut() {
  await api.signOut().catch(() => {})
}

/** Follows the stored session from now on; call once when a panel opens. */
export async function startAccount() {
  // One after the other: a sign-out and a sign-in close together must not overtake each other.
  let following = Promise.resolve()
  const next = (session: Session) => {
    following = following.then(() => follow(session)).catch(() => {})
    return following
  }
  sessionItem.watch(next)
  signInItem.watch(showAttempts)
  signInProblemItem.watch(signInProblem => account.setState({ signInProblem }))
  personItem.watch(person => account.setState({ person }))
  balanceItem.watch(balance => account.setState({ balance }))
  account.setState({
    person: await personItem.get(),
    balance: await balanceItem.get(),
    signInProblem: await signInProblemItem.get(),
  })
  await next(await sessionItem.get())
}

/** Whose work this panel shows; null before the first sign-in. */
let shown: string | null = null

async function follow(session: Session) {
  if (session.status === 'expired') {
    shown ??= await ownerItem.get()
    account.setState({ status: 'signed-out', expired: true, returning: true })
    return showAttempts(await signInItem.get())
  }
  const person = session.status === 'signed-in' ? session.personId : null
  const returning = session.status === 'signed-in' || session.returning
  const before = shown ?? (await ownerItem.get())
  if (before !== null && before !== person) await empty()
  shown = person
  if (person === null) {
    account.setState({ status: 'signed-out', expired: false, returning })
    return showAttempts(await signInItem.get())
  }
  account.setState({ status: 'signed-in', expired: false })
  await ownerItem.set(person)
  // A line that is down changes nothing here: the calls that matter to the person say so themselves.
  await Promise.allSettled([refreshPerson(), refreshBalance()])
}

function showAttempts(attempts: readonly SignInAttempt[]) {
  if (account.getState().status === 'signed-in') return
  const isOpen = openAttempts(attempts, Date.now()).length > 0
  account.setState({ status: isOpen ? 'signing-in' : 'signed-out' })
}

async function empty() {
  await Promise.all([
    balanceItem.remove(),
    personItem.remove(),
    ownerItem.remove(),
    ...[...emptiers].map(async run => run()),
  ])
}

async function refreshPerson() {
  if ((await personItem.get()) === null) await personItem.set(await api.me())
}
