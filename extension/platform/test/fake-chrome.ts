/** The part of `chrome` that the panel and the worker use, in memory. Values cross as JSON, as in the real storage. */
type Changes = Record<string, { oldValue?: unknown; newValue?: unknown }>
type ChangeListener = (changes: Changes) => void

function createArea(quota: number) {
  const values = new Map<string, string>()
  const listeners = new Set<ChangeListener>()
  const parse = (text: string | undefined) => (text === undefined ? undefined : JSON.parse(text))

  const write = (entries: [string, string | undefined][]) => {
    const changes: Changes = {}
    for (const [key, text] of entries) {
      const old = values.get(key)
      if (old === text) continue
      if (text === undefined) values.delete(key)
      else values.set(key, text)
      changes[key] = {
        ...(old !== undefined && { oldValue: parse(old) }),
        ...(text !== undefined && { newValue: parse(text) }),
      }
    }
    if (Object.keys(changes).length > 0) for (const listener of [...listeners]) listener(changes)
  }

  let answering = Promise.resolve()

  return {
    get: async (key: string | null) => {
      const wanted = [...values].filter(([name]) => key === null || name === key)
      await answering
      return Object.fromEntries(wanted.map(([name, text]) => [name, parse(text)]))
    },
    /** From now on answers wait, as on a busy machine, where changes are told before; answers the way to let them come. */
    answerLate: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      answering = promise
      return resolve
    },
    set: async (items: Record<string, unknown>) => {
      const entries = Object.entries(items).map(([key, value]): [string, string] => [key, JSON.stringify(value)])
      if (entries.some(([, text]) => text.length > quota)) throw new Error('Resource::kQuotaBytes quota exceeded')
      write(entries)
    },
    remove: async (keys: string | string[]) => write([keys].flat().map(key => [key, undefined])),
    setAccessLevel: async () => {},
    onChanged: {
      addListener: (listener: ChangeListener) => void listeners.add(listener),
      removeListener: (listener: ChangeListener) => void listeners.delete(listener),
    },
    /** For assertions: every stored key with its value. */
    all: (): Record<string, unknown> => Object.fromEntries([...values].map(([key, text]) => [key, parse(text)])),
  }
}

export interface FakeChromeOptions {
  language?: string
  quota?: number
}

/** A fresh `chrome`, also put in the global place; `opened`, `closed` and `shown` record the tabs. */
export function installFakeChrome({ language = 'en-US', quota = 10_000_000 }: FakeChromeOptions = {}) {
  const opened: string[] = []
  const closed: number[] = []
  const shown: number[] = []
  const fake = {
    storage: { local: createArea(quota), session: createArea(quota) },
    runtime: { id: 'lmgcekfgoiiceakhbflmekdafkidmloi' },
    i18n: { getUILanguage: () => language },
    windows: { getCurrent: async () => ({ id: 1 }), getAll: async () => [{ id: 1 }] },
    permissions: { contains: async () => true },
    action: { setBadgeBackgroundColor() {}, setBadgeTextColor() {}, setBadgeText() {} },
    tabs: {
      query: async () => [{ id: 1 }],
      create: async ({ url }: { url: string }) => ({ id: 100 + opened.push(url) }),
      update: async (id: number) => void shown.push(id),
      remove: async (id: number) => void closed.push(id),
      onActivated: { addListener() {}, removeListener() {} },
      onReplaced: { addListener() {}, removeListener() {} },
    },
  }
  Object.assign(globalThis, { chrome: fake })
  return { ...fake, opened, closed, shown }
}
