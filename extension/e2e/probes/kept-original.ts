import type { Page } from 'puppeteer'

/** The picture that came in last, as the panel keeps it for its draft. */
export async function keptOriginal(panel: Page): Promise<Buffer> {
  const url = await panel.evaluate(async () => {
    const done = (target: EventTarget, type: string) =>
      new Promise(resolve => target.addEventListener(type, resolve, { once: true }))
    const opening = indexedDB.open('mimicit-sources')
    await done(opening, 'success')
    const getting = opening.result.transaction('sources').objectStore('sources').getAll()
    await done(getting, 'success')
    opening.result.close()
    const kept: { original: Blob; storedAt: number }[] = getting.result
    const newest = kept.reduce((latest, source) => (source.storedAt > latest.storedAt ? source : latest))
    const reader = new FileReader()
    reader.readAsDataURL(newest.original)
    await done(reader, 'load')
    return String(reader.result)
  })
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}
