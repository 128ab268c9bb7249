import type { Page } from 'puppeteer'

/** Everything that the extension holds, area by area and database by database, as one text. Bytes are left out. */
export const storedThings = (panel: Page): Promise<string> =>
  panel.evaluate(async () => {
    const done = (target: EventTarget) =>
      new Promise((resolve, reject) => {
        target.addEventListener('success', resolve, { once: true })
        target.addEventListener('error', reject, { once: true })
      })
    const databases: Record<string, unknown> = {}
    for (const { name = '' } of await indexedDB.databases()) {
      const opening = indexedDB.open(name)
      await done(opening)
      for (const store of opening.result.objectStoreNames) {
        const getting = opening.result.transaction(store).objectStore(store).getAll()
        await done(getting)
        databases[name] = { ...(databases[name] as object), [store]: getting.result }
      }
      opening.result.close()
    }
    const [local, session] = await Promise.all([chrome.storage.local.get(null), chrome.storage.session.get(null)])
    return JSON.stringify({ local, session, indexedDB: databases, localStorage: { ...localStorage } })
  })
