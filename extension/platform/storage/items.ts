/**
 * Everything the extension keeps in chrome.storage, by key. The policy's list of stored things is this table, so a key that
 * is not here cannot be written.
 */
import type { Balance } from '../../../bff/contract/credits.ts'
import type { Person } from '../../../bff/contract/identity.ts'
import { languageCodes } from '../../../bff/contract/values.ts'
import { createFamily, type ItemFamily } from './family.ts'
import { createItem, type ItemDefinition, isRecord, oneOf, type StoredItem } from './item.ts'

export const storageKeys = {
  /** Theme, language, whether the welcome was seen. */
  settings: 'local',
  /** The refresh token, or how the last sign-in ended. */
  session: 'local',
  /** Id of the person whose work the local copies hold. */
  owner: 'local',
  /** One per window (`draft.<window>`): words, model, options, facts of the slots, key of an unanswered submit. Pictures lie in IndexedDB. */
  draft: 'local',
  /** Prompts used before, for the Up key. */
  prompts: 'local',
  /** Models used last, newest first. */
  models: 'local',
  /** Makers the person was told about before the first picture went there. */
  acknowledged: 'local',
  /** Whether the strip may load the page's pictures to show them. */
  previews: 'local',
  /** From which size on the strip lists the page's pictures. */
  smallestSide: 'local',
  /** The access token and when it ends. */
  access: 'session',
  /** State and PKCE verifier of a sign-in under way. */
  signIn: 'session',
  /** Code of the problem a sign-in ended with. */
  signInProblem: 'session',
  /** Name and e-mail, to show who is signed in. */
  person: 'session',
  /** Credits as last read from the backend. */
  balance: 'session',
  /** A picture chosen by right-click, on its way to the panel. */
  menuRequest: 'session',
} as const satisfies Record<string, ItemDefinition<unknown>['area']>

export type StorageKey = keyof typeof storageKeys

/** Defines the item of one key; each room defines its own, the shared ones follow below. */
export const defineItem = <T>(definition: Omit<ItemDefinition<T>, 'area'> & { key: StorageKey }): StoredItem<T> =>
  createItem({ ...definition, area: storageKeys[definition.key] })

/** Defines one key's items that stand under several ids. */
export const defineFamily = <T>(definition: Omit<ItemDefinition<T>, 'area'> & { key: StorageKey }): ItemFamily<T> =>
  createFamily({ ...definition, area: storageKeys[definition.key] })

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
  version: 1,
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
  version: 1,
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
  version: 1,
  fallback: null,
  read: value =>
    isRecord(value) && typeof value.token === 'string' && Number.isFinite(value.expiresAt)
      ? { token: value.token, expiresAt: Number(value.expiresAt) }
      : undefined,
})

export const personItem = defineItem<Person | null>({
  key: 'person',
  version: 1,
  fallback: null,
  read: value =>
    isRecord(value) && [value.id, value.name, value.email].every(field => typeof field === 'string')
      ? { id: String(value.id), name: String(value.name), email: String(value.email) }
      : undefined,
})

export const balanceItem = defineItem<Balance | null>({
  key: 'balance',
  version: 1,
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
  version: 1,
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
  version: 1,
  fallback: [],
  read: value => (Array.isArray(value) ? value.map(readAttempt).filter(attempt => attempt !== undefined) : undefined),
})

/** Why the last sign-in did not work; null while none failed. */
export const signInProblemItem = defineItem<string | null>({
  key: 'signInProblem',
  version: 1,
  fallback: null,
  read: value => (typeof value === 'string' ? value : undefined),
})

/** Whose work the local copies hold; another person's sign-in empties them first. */
export const ownerItem = defineItem<string | null>({
  key: 'owner',
  version: 1,
  fallback: null,
  read: value => (typeof value === 'string' ? value : undefined),
})
