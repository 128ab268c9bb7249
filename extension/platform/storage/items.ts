/** The rows of chrome.storage as items, and those that several rooms share. */
import type { Balance } from '../../../bff/contract/credits.ts'
import type { Person } from '../../../bff/contract/identity.ts'
import { languageCodes } from '../../../bff/contract/values.ts'
import { createFamily, type ItemFamily } from './family.ts'
import { createItem, type ItemDefinition, isRecord, oneOf, type StoredItem } from './item.ts'
import { type KeyIn, storedRows } from './table.ts'

type ChromeKey = KeyIn<'local' | 'session'>
type Definition<T> = Omit<ItemDefinition<T>, 'area' | 'version'> & { key: ChromeKey }

/** Defines the item of one row; each room defines its own, the shared ones follow below. */
export const defineItem = <T>(definition: Definition<T>): StoredItem<T> =>
  createItem({ ...definition, ...placeOf(definition.key) })

/** Defines one row's items that stand under several ids. */
export const defineFamily = <T>(definition: Definition<T>): ItemFamily<T> =>
  createFamily({ ...definition, ...placeOf(definition.key) })

const placeOf = (key: ChromeKey) => {
  const { area, version } = storedRows[key]
  return { area, version }
}

/** Keeps a text in localStorage, where a page can read it before anything can be awaited. */
export const keepForNextPage = (key: KeyIn<'localStorage'>, text: string) => localStorage.setItem(key, text)

/** Keeps content scripts out of storage.local, where the refresh token lies. Chrome forgets it with the worker: call at every start. */
export const closeStorageToPages = () => chrome.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' })

export const themes = ['system', 'light', 'dark'] as const
export const languageSettings = ['auto', ...languageCodes] as const
export interface Settings {
  theme: (typeof themes)[number]
  language: (typeof languageSettings)[number]
  /** Shortcuts of one letter, which speech input and some keyboards press by accident. */
  singleKeys: boolean
  /** The first-run view has been closed. */
  welcomed: boolean
}

const defaultSettings: Settings = { theme: 'system', language: 'auto', singleKeys: true, welcomed: false }

/** Read field by field: one damaged setting does not reset the others. */
export const settingsItem = defineItem<Settings>({
  key: 'settings',
  fallback: defaultSettings,
  read: value =>
    isRecord(value)
      ? {
          theme: oneOf(themes, value.theme) ?? defaultSettings.theme,
          language: oneOf(languageSettings, value.language) ?? defaultSettings.language,
          singleKeys: value.singleKeys !== false,
          welcomed: value.welcomed === true,
        }
      : undefined,
})

/** 'expired' stays until the next sign-in, so that a panel opened later can still say what happened. */
export type Session =
  /** `returning`: somebody has been signed in here before. */
  | { status: 'signed-out'; returning: boolean }
  | { status: 'expired' }
  | { status: 'signed-in'; refreshToken: string; personId: string }

export const sessionItem = defineItem<Session>({
  key: 'session',
  fallback: { status: 'signed-out', returning: false },
  read: value => {
    if (!isRecord(value)) return undefined
    if (value.status === 'expired') return { status: value.status }
    if (value.status === 'signed-out') return { status: value.status, returning: value.returning === true }
    return value.status === 'signed-in' && typeof value.refreshToken === 'string' && typeof value.personId === 'string'
      ? { status: value.status, refreshToken: value.refreshToken, personId: value.personId }
      : undefined
  },
})

export interface Access {
  token: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

export const accessItem = defineItem<Access | null>({
  key: 'access',
  fallback: null,
  read: value =>
    isRecord(value) && typeof value.token === 'string' && Number.isFinite(value.expiresAt)
      ? { token: value.token, expiresAt: Number(value.expiresAt) }
      : undefined,
})

export const personItem = defineItem<Person | null>({
  key: 'person',
  fallback: null,
  read: value =>
    isRecord(value) && [value.id, value.name, value.email].every(field => typeof field === 'string')
      ? { id: String(value.id), name: String(value.name), email: String(value.email) }
      : undefined,
})

export const balanceItem = defineItem<Balance | null>({
  key: 'balance',
  fallback: null,
  read: value => {
    if (!isRecord(value)) return undefined
    const { available, free, paid, held } = value
    return [available, free, paid, held].every(credits => Number.isInteger(credits) && Number(credits) >= 0)
      ? { available: Number(available), free: Number(free), paid: Number(paid), held: Number(held) }
      : undefined
  },
})

/** Right-click "Generate from image": written to storage.session by the worker, taken by the panel. */
export interface MenuRequest {
  /** Client-made id, so that it is taken exactly once. */
  id: string
  src: string
  tabId: number
  frameId: number
  windowId: number
}

/** Written by the worker after it opened the panel; the panel of that window takes it exactly once. */
export const menuRequestItem = defineItem<MenuRequest | null>({
  key: 'menuRequest',
  fallback: null,
  read: value =>
    isRecord(value) &&
    typeof value.id === 'string' &&
    typeof value.src === 'string' &&
    [value.tabId, value.frameId, value.windowId].every(Number.isInteger)
      ? {
          id: value.id,
          src: value.src,
          tabId: Number(value.tabId),
          frameId: Number(value.frameId),
          windowId: Number(value.windowId),
        }
      : undefined,
})

/** A sign-in on its way: what the hand-over must match, and the verifier without which its code is worthless. */
export interface SignInAttempt {
  state: string
  verifier: string
  startedAt: number
  /** The tab the person was on; they come back to it. */
  fromTab: number | null
  /** The tab it goes on in. */
  tab: number | null
}

const readAttempt = (value: unknown): SignInAttempt | undefined =>
  isRecord(value) &&
  typeof value.state === 'string' &&
  typeof value.verifier === 'string' &&
  Number.isFinite(value.startedAt)
    ? {
        state: value.state,
        verifier: value.verifier,
        startedAt: Number(value.startedAt),
        fromTab: Number.isInteger(value.fromTab) ? Number(value.fromTab) : null,
        tab: Number.isInteger(value.tab) ? Number(value.tab) : null,
      }
    : undefined

/** A list, because two windows may each start one. */
export const signInItem = defineItem<readonly SignInAttempt[]>({
  key: 'signIn',
  fallback: [],
  read: value => (Array.isArray(value) ? value.map(readAttempt).filter(attempt => attempt !== undefined) : undefined),
})

/** Why the last sign-in did not work; null while none failed. */
export const signInProblemItem = defineItem<string | null>({
  key: 'signInProblem',
  fallback: null,
  read: value => (typeof value === 'string' ? value : undefined),
})

/** Whose work the local copies hold; another person's sign-in empties them first. */
export const ownerItem = defineItem<string | null>({
  key: 'owner',
  fallback: null,
  read: value => (typeof value === 'string' ? value : undefined),
})
