import { api } from '../platform/api/api.ts'
import { balanceItem, sessionItem } from '../platform/storage/items.ts'

/** Reads the balance again; every open panel shows it. Keeps the last known one when the backend cannot be asked. */
export async function refreshBalance() {
  if ((await sessionItem.get()).status === 'signed-in') await balanceItem.set(await api.balance())
}
