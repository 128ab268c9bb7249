import { api } from '../platform/api/api.ts'
import { balanceItem, sessionItem } from '../platform/storage/items.ts'

/** Reads the balance again; every open panel shows it. Keeps the last known one when the backend cannot be asked. */
export async function refreshBalance() {
  const asked = await whoIsHere()
  if (asked === null) return
  const balance = await api.balance()
  // By now somebody else may be here.
  if ((await whoIsHere()) === asked) await balanceItem.set(balance)
}

async function whoIsHere(): Promise<string | null> {
  const session = await sessionItem.get()
  return session.status === 'signed-in' ? session.personId : null
}
