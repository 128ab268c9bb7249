import type { Language } from '../../../bff/contract/values.ts'
import enAccount from '../../locales/en/account.json' with { type: 'json' }
import enCredits from '../../locales/en/credits.json' with { type: 'json' }
import enPanel from '../../locales/en/panel.json' with { type: 'json' }
import enProblems from '../../locales/en/problems.json' with { type: 'json' }
import enReading from '../../locales/en/reading.json' with { type: 'json' }
import enResults from '../../locales/en/results.json' with { type: 'json' }
import enSources from '../../locales/en/sources.json' with { type: 'json' }
import enStudio from '../../locales/en/studio.json' with { type: 'json' }
import jaAccount from '../../locales/ja/account.json' with { type: 'json' }
import jaCredits from '../../locales/ja/credits.json' with { type: 'json' }
import jaPanel from '../../locales/ja/panel.json' with { type: 'json' }
import jaProblems from '../../locales/ja/problems.json' with { type: 'json' }
import jaReading from '../../locales/ja/reading.json' with { type: 'json' }
import jaResults from '../../locales/ja/results.json' with { type: 'json' }
import jaSources from '../../locales/ja/sources.json' with { type: 'json' }
import jaStudio from '../../locales/ja/studio.json' with { type: 'json' }

const en = {
  account: enAccount,
  credits: enCredits,
  problems: enProblems,
  reading: enReading,
  results: enResults,
  panel: enPanel,
  sources: enSources,
  studio: enStudio,
}

type Rooms = typeof en
type WithoutPlural<Key> = Key extends `${infer Base}.${'one' | 'other'}` ? Base : Key
/** 'room.key', from the English files; a pair `key.one` and `key.other` counts as `key`. */
export type MessageKey = {
  [Room in keyof Rooms]: `${Room}.${WithoutPlural<keyof Rooms[Room] & string>}`
}[keyof Rooms]

export type Params = Readonly<Record<string, string | number>>

export const messages: Record<Language, Record<keyof Rooms, Readonly<Record<string, string>>>> = {
  en,
  ja: {
    account: jaAccount,
    credits: jaCredits,
    problems: jaProblems,
    reading: jaReading,
    results: jaResults,
    panel: jaPanel,
    sources: jaSources,
    studio: jaStudio,
  },
}

/**
 * The text of a key with its `{params}` filled in; numbers in the language's own way of writing them. With a `count`, the
 * language's plural rule chooses between `key.one` and `key.other`.
 */
export function translate(language: Language, key: MessageKey, params: Params = {}): string {
  const dot = key.indexOf('.')
  const room = messages[language][key.slice(0, dot) as keyof Rooms]
  const name = key.slice(dot + 1)
  const form = typeof params.count === 'number' ? new Intl.PluralRules(language).select(params.count) : 'other'
  const text = room[name] ?? room[`${name}.${form}`] ?? room[`${name}.other`] ?? key
  return text.replace(/\{(\w+)\}/g, (gap, param: string) => {
    const value = params[param]
    return typeof value === 'number' ? value.toLocaleString(language) : (value ?? gap)
  })
}
