import { openDB } from 'idb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { StoreApi } from 'zustand/vanilla'
import { picture } from '../jobs/test/fixtures.ts'
import type { Stop } from '../platform/stop.ts'
import { emptyPerson } from '../platform/storage/empty.ts'
import { type Area, storedRows } from '../platform/storage/table.ts'
import { installFakeChrome } from '../platform/test/fake-chrome.ts'
import { installFakePage } from '../platform/test/fake-page.ts'

type Key = keyof typeof storedRows

/** Every store that a module of the panel makes, in the order of their making. */
const stores = vi.hoisted(() => [] as { store: StoreApi<object>; file: string }[])
/** Whoever listened to one of them. */
const listened = vi.hoisted(() => [] as string[])
vi.mock('zustand/vanilla', async load => {
  const real = await load<typeof import('zustand/vanilla')>()
  const createStore = (initial: never) => {
    const store = real.createStore(initial) as StoreApi<object>
    const file = /\/extension\/([\w/-]+\.tsx?)/.exec(new Error().stack?.split('\n').at(2) ?? '')?.[1] ?? 'unknown'
    stores.push({ store, file })
    const { subscribe } = store
    store.subscribe = listener => {
      listened.push(file)
      return subscribe(listener)
    }
    return store
  }
  return { ...real, createStore }
})

const ada = { id: 'ada', name: 'Ada', email: 'ada@example.test' }
const grace = { id: 'grace', name: 'Grace', email: 'grace@example.test' }
const words = 'a boat, as Ada wrote it'

/** What each row holds after Ada has worked here. */
const things: Record<Key, unknown> = {
  settings: { theme: 'dark', language: 'ja', singleKeys: false, welcomed: true },
  session: { status: 'signed-in', refreshToken: 'r', personId: ada.id },
  owner: ada.id,
  draft: {
    choices: { prompt: words, modelId: 'm' },
    slots: [
      {
        ...{ id: 'slot', role: 'subject', weight: 100, locked: false, name: 'Ada on a lake', origin: { kind: 'file' } },
        state: { kind: 'ready', width: 1, height: 1, bytes: 1, animated: false },
      },
    ],
    intents: { making: { key: 'key-of-ada', fingerprint: 'f', at: 1 }, reading: null },
    at: 1,
  },
  prompts: [words],
  models: ['ada/model'],
  acknowledged: [{ maker: 'Told to Ada', country: null, at: 1 }],
  previews: true,
  smallestSide: 128,
  access: { token: 'a', expiresAt: Number.MAX_SAFE_INTEGER },
  signIn: [],
  signInProblem: 'code_invalid',
  person: ada,
  balance: { available: 7, free: 7, paid: 0, held: 0 },
  menuRequest: null,
  results: { facts: [['owner', ada.id]], pictures: [[undefined, picture(1, { prompt: words })]] },
  'mimicit-sources': {
    sources: [[undefined, { id: 'slot', original: new Blob(['a']), thumbnail: new Blob(['b']), storedAt: 1 }]],
  },
  theme: 'dark',
}

const keys = Object.keys(things) as Key[]
const keysOf = (owner: 'person' | 'device') => keys.filter(key => storedRows[key].owner === owner)
/** Under which name a row's value lies; a draft lies under that of its window. */
const nameOf = (key: Key) => (key === 'draft' ? 'draft.1' : key)

const database = (name: Key) =>
  openDB(name, storedRows[name].version, {
    upgrade: fresh => {
      if (name === 'mimicit-sources') return void fresh.createObjectStore('sources', { keyPath: 'id' })
      for (const store of ['facts', 'blobs']) fresh.createObjectStore(store)
      fresh.createObjectStore('pictures', { keyPath: 'id' })
      fresh.createObjectStore('entries', { keyPath: 'key' })
    },
  })

const put: Record<Area, (key: Key, value: unknown) => unknown> = {
  local: (key, value) => chrome.storage.local.set({ [nameOf(key)]: { version: storedRows[key].version, value } }),
  session: (key, value) => chrome.storage.session.set({ [nameOf(key)]: { version: storedRows[key].version, value } }),
  localStorage: (key, value) => localStorage.setItem(key, String(value)),
  indexedDB: async (key, value) => {
    const opened = await database(key)
    for (const [store, rows] of Object.entries(value as Record<string, [IDBValidKey | undefined, unknown][]>))
      for (const [id, row] of rows) await opened.put(store, row, id)
    opened.close()
  },
}

/** What lies in a row now; undefined when it is empty. */
const look: Record<Area, (key: Key) => unknown> = {
  local: async key => (await chrome.storage.local.get(nameOf(key)))[nameOf(key)],
  session: async key => (await chrome.storage.session.get(nameOf(key)))[nameOf(key)],
  localStorage: key => localStorage[key],
  indexedDB: async key => {
    const opened = await database(key)
    const rows = await Promise.all([...opened.objectStoreNames].map(store => opened.getAll(store)))
    opened.close()
    // The copy of the history names its new owner at once.
    const things = rows.flat().filter(row => row !== grace.id)
    return things.length === 0 ? undefined : things
  },
}

const putAll = async (change: Partial<Record<Key, unknown>> = {}) => {
  for (const [key, value] of Object.entries({ ...things, ...change }))
    await put[storedRows[key as Key].area](key as Key, value)
}
const lookAt = async (wanted: readonly Key[]) =>
  Object.fromEntries(await Promise.all(wanted.map(async key => [key, await look[storedRows[key].area](key)] as const)))

/** The backend: who is asked for depends on nothing but `me`. Everything else is out of reach. */
let me = ada
const answer = async (url: string | URL | Request) => {
  const { pathname } = new URL(String(url))
  if (pathname === '/v1/me') return Response.json(me)
  if (pathname === '/v1/auth/sign-out') return Response.json({})
  throw new TypeError('no line')
}

let stop: Stop | undefined
const openPanel = async () => {
  vi.resetModules()
  stores.length = 0
  const { startPanel } = await import('./lifecycle.ts')
  stop = await startPanel()
  const { account, signOut } = await import('../account/store.ts')
  const { studioStore } = await import('../studio/store.ts')
  const { rememberedStore } = await import('../studio/press/remembered.ts')
  const { sourcesStore } = await import('../sources/store.ts')
  const { results } = await import('../jobs/jobs.ts')
  const { sessionItem } = await import('../platform/storage/items.ts')
  const shown = () =>
    JSON.stringify([studioStore, sourcesStore, rememberedStore, results.store, account].map(store => store.getState()))
  const signedIn = (id: string) =>
    expect.poll(() => account.getState()).toMatchObject({ status: 'signed-in', personId: id })
  return { account, studioStore, rememberedStore, results, sessionItem, signOut, shown, signedIn, sourcesStore }
}

beforeEach(() => {
  installFakeChrome()
  installFakePage()
  Object.assign(chrome.tabs, { query: async () => [] })
  vi.stubGlobal('fetch', answer)
  me = ada
})
afterEach(() => stop?.())

const signedInAs = (personId: string) => ({ status: 'signed-in', refreshToken: 'r2', personId }) as const

test('whoever left things here finds them again', async () => {
  await putAll()
  const { studioStore, sourcesStore, rememberedStore, results, account } = await openPanel()
  expect(studioStore.getState()).toMatchObject({ prompt: words, modelId: 'm' })
  expect(sourcesStore.getState().slots).toMatchObject([{ name: 'Ada on a lake', state: { kind: 'ready' } }])
  expect(rememberedStore.getState()).toEqual({ prompts: [words], acknowledged: things.acknowledged })
  expect(account.getState()).toMatchObject({ personId: ada.id, person: ada, balance: things.balance })
  await expect.poll(() => Object.values(results.store.getState().pictures)).toMatchObject([{ prompt: words }])
})

describe('the table of stored things', () => {
  const expectNothingOfAda = async () => {
    const left = await lookAt(keysOf('person'))
    // The panel of this window may keep its draft again, an empty one.
    expect(JSON.stringify({ ...left, draft: undefined, person: undefined })).toBe('{}')
    const stored = [await chrome.storage.local.get(null), await chrome.storage.session.get(null), { ...localStorage }]
    expect(JSON.stringify([left, stored])).not.toMatch(/ada/i)
    const { settings, previews, smallestSide, signInProblem, theme } = await lookAt(keysOf('device'))
    expect([settings, previews, smallestSide, signInProblem, theme]).toMatchObject([
      { value: things.settings },
      { value: true },
      { value: 128 },
      { value: 'code_invalid' },
      'dark',
    ])
  }

  test('[C125] a panel that opens for somebody else shows and keeps nothing of the person before', async () => {
    me = grace
    await putAll({ session: signedInAs(grace.id) })
    const panel = await openPanel()
    expect(panel.shown()).not.toMatch(/ada/i)
    await panel.signedIn(grace.id)
    await expect.poll(() => panel.account.getState().person).toEqual(grace)
    await expectNothingOfAda()
  })

  test('somebody else signs in while the panel is open: the same', async () => {
    await putAll()
    const panel = await openPanel()
    await expect.poll(() => panel.results.store.getState().pictures).not.toEqual({})
    me = grace
    await panel.sessionItem.set(signedInAs(grace.id))
    await panel.signedIn(grace.id)
    await expect.poll(() => panel.account.getState().person).toEqual(grace)
    expect(panel.shown()).not.toMatch(/ada/i)
    panel.studioStore.setState({ prompt: 'written by Grace' })
    await expectNothingOfAda()
  })

  test('signing out: the same, and the tokens are gone', async () => {
    await putAll()
    const panel = await openPanel()
    await expect.poll(() => panel.results.store.getState().pictures).not.toEqual({})
    await panel.signOut()
    expect(panel.account.getState().status).toBe('signed-out')
    expect(panel.shown()).not.toMatch(/ada/i)
    await expectNothingOfAda()
    expect(await lookAt(['session', 'access', 'owner'])).toMatchObject({
      session: { value: { status: 'signed-out', returning: true } },
      access: undefined,
      owner: undefined,
    })
  })

  test('an expired session takes nothing away', async () => {
    await putAll({ session: { status: 'expired' } })
    const { studioStore, rememberedStore } = await openPanel()
    expect([studioStore.getState().prompt, rememberedStore.getState().prompts]).toEqual([words, [words]])
    const left = await lookAt(keysOf('person'))
    expect(Object.entries(left).filter(([, value]) => value === undefined)).toEqual([])
  })

  test('what somebody wrote before they signed in stays theirs', async () => {
    await putAll({ session: { status: 'signed-out', returning: false }, owner: null })
    const panel = await openPanel()
    await panel.sessionItem.set(signedInAs(ada.id))
    await panel.signedIn(ada.id)
    expect(panel.studioStore.getState().prompt).toBe(words)
  })

  test('also what an earlier release left, and no row names any more, goes', async () => {
    await putAll()
    await chrome.storage.local.set({ forgotten: { words }, 'draft.9': { version: 1, value: { words } } })
    localStorage.setItem('forgotten', words)
    const old = await openDB('forgotten', 1, { upgrade: fresh => void fresh.createObjectStore('rows') })
    await old.put('rows', words, 1)
    await emptyPerson()
    const { length } = await old.getAll('rows')
    old.close()
    expect([length, localStorage.forgotten, await chrome.storage.local.get('forgotten')]).toEqual([0, undefined, {}])
    expect(await chrome.storage.local.get('draft.9')).toEqual({})
  })
})

describe('what the panel holds in memory', () => {
  /** Of the device, of the page in front, or follows who is signed in by itself. */
  const stay = [
    'account/store.ts',
    'app/lifecycle.ts',
    'catalogue/catalogue.ts',
    'platform/chrome/update.ts',
    'platform/i18n/i18n.ts',
    'platform/settings.ts',
    'sources/strip/page-store.ts',
    'sources/strip/previews.ts',
    'sources/strip/smallest-side.ts',
    'ui/navigation.ts',
  ]

  test('every store begins anew for the next person, but those of the device', async () => {
    await putAll()
    const panel = await openPanel()
    for (const { store } of stores) store.setState({ ofAda: true })
    me = grace
    await panel.sessionItem.set(signedInAs(grace.id))
    await panel.signedIn(grace.id)
    const kept = stores.filter(({ store }) => 'ofAda' in store.getState()).map(({ file }) => file)
    expect([...new Set(kept)].toSorted()).toEqual(stay)
    expect(stores.map(({ file }) => file)).not.toContain('unknown')
  })
})

describe('a module that is only loaded', () => {
  test('begins nothing: it listens to nobody, asks nobody and waits for nothing', async () => {
    vi.resetModules()
    listened.length = 0
    const done: string[] = []
    const trap = (name: string) =>
      new Proxy(() => {}, {
        get: (_, part) => trap(`${name}.${String(part)}`),
        apply: () => void done.push(name),
      })
    for (const name of [
      'addEventListener',
      'fetch',
      'chrome',
      'localStorage',
      'indexedDB',
      'setTimeout',
      'setInterval',
    ])
      vi.stubGlobal(name, trap(name))
    for (const name of ['BroadcastChannel', 'Worker', 'MutationObserver'])
      vi.stubGlobal(
        name,
        class {
          constructor() {
            done.push(name)
          }
        },
      )
    const modules = import.meta.glob([
      '../{account,app,catalogue,credits,jobs,platform,results,sources,studio,ui}/**/*.{ts,tsx}',
      '../picking/panel/*.ts',
      '!../**/*.test.{ts,tsx}',
      '!../**/test/**',
      // The script of a worker, which is all listening.
      '!../sources/clean/worker.ts',
    ])
    for (const load of Object.values(modules)) await load()
    vi.unstubAllGlobals()
    expect(Object.keys(modules).length).toBeGreaterThan(200)
    expect([done, listened]).toEqual([[], []])
  })
})
