import type { Page } from 'puppeteer'

/** Everything that chrome.storage holds, and what each database of the panel holds, as one text. Bytes are left out. */
export const storedThings = (panel: Page): Promise<string> =>
  panel.evaluate(async () => {
    const done = (target: EventTarget) =>
      new Promise((resolve, reject) => {
        target.addEventListener('success', resolve, { once: true })
        target.addEventListener('error', reject, { once: true })
      })
    const databases: unknown[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const opening = indexedDB.open(name)
      await done(opening)
      for (const store of opening.result.objectStoreNames) {
        const getting = opening.result.transaction(store).objectStore(store).getAll()
        await done(getting)
        databases.push({ name, store, rows: getting.result })
      }
      opening.result.close()
    }
    const [local, session] = await Promise.all([chrome.storage.local.get(null), chrome.storage.session.get(null)])
    return JSON.stringify({ local, session, databases })
  })
