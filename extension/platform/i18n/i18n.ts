import { useMemo } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type Language, languageCodes } from '../../../bff/contract/values.ts'
import { settings } from '../settings.ts'
import type { Stop } from '../stop.ts'
import type { Settings } from '../storage/items.ts'
import { type MessageKey, type Params, translate } from './translate.ts'

export type { MessageKey } from './translate.ts'
export type { Language }

/** The language in use; follows the setting, in every open panel. */
export const languageStore = createStore<{ current: Language }>(() => ({ current: 'en' }))

function resolve(setting: Settings['language']): Language {
  if (setting !== 'auto') return setting
  return languageCodes.find(code => chrome.i18n.getUILanguage().startsWith(code)) ?? 'en'
}

/** Follows the setting; call once before the first render. */
export function startLanguage(): Stop {
  const apply = (setting: Settings['language']) => {
    const current = resolve(setting)
    document.documentElement.lang = current
    languageStore.setState({ current })
  }
  apply(settings.getState().language)
  return settings.subscribe(({ language }) => apply(language))
}

export const currentLanguage = () => languageStore.getState().current

/** The sentence of a key in the language in use. Components use `useT`, which renders again when the language changes. */
export const t = (key: MessageKey, params?: Params) => translate(currentLanguage(), key, params)

export function useT() {
  const current = useStore(languageStore, state => state.current)
  return useMemo(() => (key: MessageKey, params?: Params) => translate(current, key, params), [current])
}

/** Picks a text that the backend delivers in each language (names of models). */
export const localText = (text: Record<Language, string>) => text[currentLanguage()]

export const useLanguage = () => useStore(languageStore, state => state.current)

export function useLocalText() {
  const current = useStore(languageStore, state => state.current)
  return (text: Record<Language, string>) => text[current]
}

export const formatNumber = (value: number) => value.toLocaleString(currentLanguage())

/** A day and time the person reads, e.g. "Nov 21, 8:33 PM". */
export const formatTime = (at: number) =>
  new Intl.DateTimeFormat(currentLanguage(), { dateStyle: 'medium', timeStyle: 'short' }).format(at)

/** The time of the day, e.g. "8:33 PM". */
export const formatClock = (at: number) => new Intl.DateTimeFormat(currentLanguage(), { timeStyle: 'short' }).format(at)

/** Name of a country from its code: "US" -> "United States", "アメリカ合衆国". */
export const countryName = (code: string) =>
  new Intl.DisplayNames(currentLanguage(), { type: 'region', style: 'short' }).of(code) ?? code
