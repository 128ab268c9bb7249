import type { Page } from 'puppeteer'

interface Watched {
  captures: number
  /** Everything that was posted, sent or asked for, as far as it could hold a picture. */
  blobs: Blob[]
  words: string[]
}

declare global {
  var watched: Watched
}

/** What a panel captured, and all that could carry a capture away; watched from the first line of its script on. */
export interface CaptureWatch {
  captures(): Promise<number>
  /** Every picture that a message, a request or a store of the extension holds or held. */
  pictures(): Promise<Buffer[]>
  /** Every text in those long enough to be a picture. */
  longWords(): Promise<string[]>
}

/** Watches a panel; it is loaded anew for that. */
export async function watchCapture(panel: Page): Promise<CaptureWatch> {
  await panel.evaluateOnNewDocument(() => {
    const seen: Watched = { captures: 0, blobs: [], words: [] }
    globalThis.watched = seen

    const note = (value: unknown): void => {
      if (value instanceof Blob) seen.blobs.push(value)
      else if (typeof value === 'string') seen.words.push(value)
      else if (value instanceof FormData) for (const part of value.values()) note(part)
      else if (value && typeof value === 'object') for (const inner of Object.values(value)) note(inner)
    }
    // biome-ignore lint/suspicious/noExplicitAny: whatever is called, its arguments are looked at
    const watch = (owner: any, name: string, after: (result: any) => unknown = () => {}) => {
      const real = owner[name]
      owner[name] = function (...given: unknown[]) {
        for (const value of given) note(value)
        const result = real.apply(this, given)
        after(result)
        return result
      }
    }
    watch(globalThis, 'fetch')
    watch(Worker.prototype, 'postMessage')
    watch(MessagePort.prototype, 'postMessage')
    watch(BroadcastChannel.prototype, 'postMessage')
    watch(IDBObjectStore.prototype, 'put')
    watch(IDBObjectStore.prototype, 'add')
    watch(chrome.runtime, 'sendMessage')
    watch(chrome.storage.local, 'set')
    watch(chrome.storage.session, 'set')
    watch(chrome.tabs, 'connect', port => watch(port, 'postMessage'))
    watch(chrome.tabs, 'captureVisibleTab', () => {
      seen.captures += 1
    })
  })
  await panel.reload()
  await panel.waitForSelector('.sources-add')

  return {
    captures: () => panel.evaluate(() => globalThis.watched.captures),
    pictures: async () => {
      const found = await panel.evaluate(async () =>
        Promise.all(globalThis.watched.blobs.map(async blob => (await blob.bytes()).toBase64())),
      )
      return found.map(text => Buffer.from(text, 'base64'))
    },
    longWords: () => panel.evaluate(() => globalThis.watched.words.filter(({ length }) => length > 2_000)),
  }
}
