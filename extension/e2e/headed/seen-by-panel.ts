import { createHash } from 'node:crypto'
import type { Page, WebWorker } from 'puppeteer'

/** Fingerprints (SHA-256) of the pictures the panel holds as sources, as they came in. */
export const sourceFingerprints = (panel: Page): Promise<string[]> =>
  panel.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const database = await settled(indexedDB.open('mimicit-sources'))
    const stored: { original: Blob }[] = await settled(database.transaction('sources').objectStore('sources').getAll())
    database.close()
    return Promise.all(
      stored.map(async ({ original }) =>
        new Uint8Array(await crypto.subtle.digest('SHA-256', await original.arrayBuffer())).toHex(),
      ),
    )
  })

/** The fingerprint of what lies at an address. */
export async function fingerprintAt(address: string): Promise<string> {
  const answer = await fetch(address)
  return createHash('sha256')
    .update(Buffer.from(await answer.arrayBuffer()))
    .digest('hex')
}

/** The address of the tab in front, which Chrome tells only after a user's click granted that tab (activeTab). */
export const frontAddress = (own: Page | WebWorker): Promise<string | undefined> =>
  own.evaluate(async () => (await chrome.tabs.query({ active: true, currentWindow: true }))[0]?.url)
