/** The rows of chrome.storage as items, and those that several rooms share. */
import * as v from 'valibot'
import type { Balance } from '../../../bff/contract/credits.ts'
import type { Person } from '../../../bff/contract/identity.ts'
import { languageCodes } from '../../../bff/contract/values.ts'
import { count, flagOrNot, listOf } from '../shape.ts'
import { createFamily, createItem, type ItemDefinition, type ItemFamily, type StoredItem } from './item.ts'
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

/** Read field by field: one damaged setting does not reset the others. */
const SettingsShape = v.object({
  theme: v.fallback(v.picklist(themes), 'system'),
  language: v.fallback(v.picklist(languageSettings), 'auto'),
  /** Shortcuts of one letter, which speech input and some keyboards press by accident. */
  singleKeys: v.fallback(v.boolean(), true),
  /** The first-run view has been closed. */
  welcomed: flagOrNot,
})
export type Settings = v.InferOutput<typeof SettingsShape>

export const settingsItem = defineItem({
  key: 'settings',
  fallback: v.parse(SettingsShape, {}),
  shape: SettingsShape,
})

const SessionShape = v.variant('status', [
  /** `returning`: somebody has been signed in here before. */
  v.object({ status: v.literal('signed-out'), returning: flagOrNot }),
  /** Stays until the next sign-in, so that a panel opened later can still say what happened. */
  v.object({ status: v.literal('expired') }),
  v.object({ status: v.literal('signed-in'), refreshToken: v.string(), personId: v.string() }),
])
export type Session = v.InferOutput<typeof SessionShape>

export const sessionItem = defineItem<Session>({
  key: 'session',
  fallback: { status: 'signed-out', returning: false },
  shape: SessionShape,
})

/** Milliseconds since 1970. */
const time = v.pipe(v.number(), v.finite())

const AccessShape = v.object({ token: v.string(), expiresAt: time })
export type Access = v.InferOutput<typeof AccessShape>

export const accessItem = defineItem<Access | null>({ key: 'access', fallback: null, shape: AccessShape })

export const personItem = defineItem<Person | null>({
  key: 'person',
  fallback: null,
  shape: v.object({ id: v.string(), name: v.string(), email: v.string() }),
})

export const balanceItem = defineItem<Balance | null>({
  key: 'balance',
  fallback: null,
  shape: v.object({ available: count, free: count, paid: count, held: count }),
})

const whole = v.pipe(v.number(), v.integer())

/** Right-click "Generate from image". */
const MenuRequestShape = v.object({
  /** Client-made id, so that it is taken exactly once. */
  id: v.string(),
  src: v.string(),
  tabId: whole,
  frameId: whole,
  windowId: whole,
})
export type MenuRequest = v.InferOutput<typeof MenuRequestShape>

/** Written by the worker after it opened the panel; the panel of that window takes it exactly once. */
export const menuRequestItem = defineItem<MenuRequest | null>({
  key: 'menuRequest',
  fallback: null,
  shape: MenuRequestShape,
})

const tab = v.fallback(v.nullable(whole), null)

/** A sign-in on its way: what the handoff must match, and the verifier without which its code is worthless. */
const SignInAttemptShape = v.object({
  state: v.string(),
  verifier: v.string(),
  startedAt: time,
  /** The tab the person was on; they come back to it. */
  fromTab: tab,
  /** The tab it goes on in. */
  tab,
})
export type SignInAttempt = v.InferOutput<typeof SignInAttemptShape>

/** A list, because two windows may each start one. */
export const signInItem = defineItem<readonly SignInAttempt[]>({
  key: 'signIn',
  fallback: [],
  shape: listOf(SignInAttemptShape),
})

/** Why the last sign-in did not work; null while none failed. */
export const signInProblemItem = defineItem<string | null>({ key: 'signInProblem', fallback: null, shape: v.string() })

/** Whose work the local copies hold; another person's sign-in empties them first. */
export const ownerItem = defineItem<string | null>({ key: 'owner', fallback: null, shape: v.string() })
