import type { Language } from '../../../bff/contract/values.ts'
import type account from '../../locales/en/account.json'
import type credits from '../../locales/en/credits.json'
import type panel from '../../locales/en/panel.json'
import type problems from '../../locales/en/problems.json'
import type reading from '../../locales/en/reading.json'
import type results from '../../locales/en/results.json'
import type sources from '../../locales/en/sources.json'
import type studio from '../../locales/en/studio.json'

/** The English files say which texts there are. */
interface Rooms {
  account: typeof account
  credits: typeof credits
  panel: typeof panel
  problems: typeof problems
  reading: typeof reading
  results: typeof results
  sources: typeof sources
  studio: typeof studio
}

type WithoutPlural<Key> = Key extends `${infer Base}.${'one' | 'other'}` ? Base : Key
/** 'room.key', from the English files; a pair `key.one` and `key.other` counts as `key`. */
export type MessageKey = {
  [Room in keyof Rooms]: `${Room}.${WithoutPlural<keyof Rooms[Room] & string>}`
}[keyof Rooms]

export type Params = Readonly<Record<string, string | number>>

type Messages = Record<Language, Record<keyof Rooms, Readonly<Record<string, string>>>>

/** Every language that has a folder; `npm run check` holds that those of the product have one, and every text in it. */
export const messages = readFolders()

function readFolders(): Messages {
  const files = import.meta.glob<Record<string, string>>('../../locales/*/*.json', { eager: true, import: 'default' })
  const found: Record<string, Record<string, Record<string, string>>> = {}
  for (const [path, texts] of Object.entries(files)) {
    const [language = '', room = ''] = path.replace('.json', '').split('/').slice(-2)
    found[language] = { ...found[language], [room]: texts }
  }
  return found as Messages
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
