/** Who is signed in and what they can spend. The stored items are the truth; every open panel follows them. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Balance } from '../../bff/contract/credits.ts'
import type { Person } from '../../bff/contract/identity.ts'
import { api } from '../platform/api/api.ts'
import { type Stop, stopAll } from '../platform/stop.ts'
import { emptyPerson } from '../platform/storage/empty.ts'
import type { StoredItem } from '../platform/storage/item.ts'
import {
  balanceItem,
  ownerItem,
  personItem,
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
  /** Id of who is signed in. */
  personId: string | null
  person: Person | null
  balance: Balance | null
}

export const account = createStore<Account>(() => ({
  status: 'unknown',
  expired: false,
  returning: false,
  signInProblem: null,
  personId: null,
  person: null,
  balance: null,
}))

export const useAccount = <T>(select: (account: Account) => T): T => useStore(account, select)

export interface AccountOptions {
  /** Runs once, as soon as what is stored is that of the person who is here; whoever comes next waits until it has ended. */
  begin: () => Promise<void>
  /** Empties what the panel holds in memory of the person who leaves. */
  forget: () => void
}

/** One after the other: the beginning, a sign-out and a sign-in close together must not overtake each other. */
let following = Promise.resolve()
let follow = async () => {}

const followNext = () => {
  following = following.then(() => follow()).catch(() => {})
  return following
}

/** Follows the stored session from now on; call once when a panel opens. Resolves when `begin` has ended. */
export async function startAccount({ begin, forget }: AccountOptions): Promise<Stop> {
  follow = createFollow(forget)
  const stops = [
    sessionItem.watch(followNext),
    signInItem.watch(showAttempts),
    personItem.watch(showPerson),
    balanceItem.watch(showBalance),
  ]
  followNext()
  following = following.then(begin)
  stops.push(await signInProblemItem.follow(signInProblem => account.setState({ signInProblem })))
  await following
  return stopAll(stops)
}

/** Signs out here, even when the backend cannot be told; what this computer kept of the person's work goes with it. */
export async function signOut() {
  await api.signOut().catch(() => {})
  await followNext()
}

/** Shows who is signed in as it is stored now; what is there of somebody else goes before. */
function createFollow(forget: () => void) {
  /** Whose work this panel shows; null before the first sign-in. */
  let shown: string | null = null

  return async () => {
    const session = await sessionItem.get()
    if (session.status === 'expired') {
      shown ??= await ownerItem.get()
      account.setState({ status: 'signed-out', expired: true, returning: true, personId: null })
      return readOnce(signInItem, showAttempts)
    }
    const personId = session.status === 'signed-in' ? session.personId : null
    const before = shown ?? (await ownerItem.get())
    if (before !== null && before !== personId) {
      account.setState({ status: 'unknown', personId: null, person: null, balance: null })
      forget()
    }
    await claimStored(personId)
    shown = personId
    if (session.status === 'signed-out') {
      account.setState({ status: 'signed-out', expired: false, returning: session.returning })
      return readOnce(signInItem, showAttempts)
    }
    await Promise.all([readOnce(personItem, showPerson), readOnce(balanceItem, showBalance)])
    account.setState({ status: 'signed-in', expired: false, personId })
    // A line that is down changes nothing here: the calls that matter to the person say so themselves.
    void Promise.allSettled([refreshPerson(session.personId), refreshBalance()])
  }
}

const showPerson = (person: Person | null) => account.setState({ person })
const showBalance = (balance: Balance | null) => account.setState({ balance })

/** Shows what is stored, unless something newer is shown meanwhile. */
async function readOnce<T>(item: StoredItem<T>, show: (value: T) => void): Promise<void> {
  const stop = await item.follow(show)
  stop()
}

/** Makes what is stored this person's. Of several panels the first empties it for all. */
const claimStored = (personId: string | null) =>
  navigator.locks.request('mimicit-owner', async () => {
    const owner = await ownerItem.get()
    if (owner === personId) return
    if (owner !== null) await emptyPerson()
    await (personId === null ? ownerItem.remove() : ownerItem.set(personId))
  })

function showAttempts(attempts: readonly SignInAttempt[]) {
  if (account.getState().status === 'signed-in') return
  const isOpen = openAttempts(attempts, Date.now()).length > 0
  account.setState({ status: isOpen ? 'signing-in' : 'signed-out' })
}

async function refreshPerson(id: string) {
  if ((await personItem.get())?.id === id) return
  const person = await api.me()
  if (person.id === account.getState().personId) await personItem.set(person)
}
