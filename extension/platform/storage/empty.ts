import { emptyDatabase } from './database.ts'
import { type Area, rowOf } from './table.ts'

/** A database that does not answer holds up no sign-in: its rooms read it by the id of a person, or of a draft that is gone. */
const patience = 5_000

/** Takes away everything that is not the device's, also what an earlier release left and no row names any more. */
export async function emptyPerson(): Promise<void> {
  for (const key of Object.keys(localStorage)) if (goes('localStorage', key)) localStorage.removeItem(key)
  await Promise.all([emptyArea('local'), emptyArea('session'), emptyDatabases()])
}

const goes = (area: Area, key: string) => rowOf(area, key)?.owner !== 'device'

async function emptyArea(area: 'local' | 'session') {
  const keys = Object.keys(await chrome.storage[area].get(null))
  await chrome.storage[area].remove(keys.filter(key => goes(area, key)))
}

async function emptyDatabases() {
  const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? [])
  const emptying = names.filter(name => goes('indexedDB', name)).map(emptyDatabase)
  await Promise.race([Promise.allSettled(emptying), new Promise(resolve => setTimeout(resolve, patience))])
}
