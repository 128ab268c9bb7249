import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'

/** The part of a page that the panel uses beside what it draws, fresh and with nothing stored. */
export function installFakePage() {
  const page = new EventTarget()
  const texts = new Map<string, string>()
  const localStorage = {
    setItem: (key: string, text: string) => {
      texts.set(key, text)
      Object.assign(localStorage, { [key]: text })
    },
    removeItem: (key: string) => {
      texts.delete(key)
      delete (localStorage as Record<string, unknown>)[key]
    },
  }
  for (const name of ['setItem', 'removeItem']) Object.defineProperty(localStorage, name, { enumerable: false })
  const listening = {
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
  }
  Object.assign(globalThis, {
    ...listening,
    window: globalThis,
    document: { ...listening, documentElement: { dataset: {}, toggleAttribute() {} }, visibilityState: 'visible' },
    localStorage,
    indexedDB: new IDBFactory(),
    matchMedia: () => ({ matches: false, ...listening }),
    getComputedStyle: () => ({ getPropertyValue: () => '' }),
  })
}
