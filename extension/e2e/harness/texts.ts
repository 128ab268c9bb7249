import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

export type Language = 'en' | 'ja'

const locales = join(import.meta.dirname, '../../locales')

/** The shipped texts, so that tests select what a person reads: `texts('ja')('studio.go')`. */
export function texts(language: Language) {
  const messages = new Map<string, string>()
  for (const file of globSync(join(locales, language, '*.json')))
    for (const [key, text] of Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>))
      messages.set(`${basename(file, '.json')}.${key}`, text)

  return (key: string, params: Record<string, string | number> = {}): string => {
    const plural = params.count === undefined ? '' : `.${new Intl.PluralRules(language).select(Number(params.count))}`
    const text = messages.get(key + plural) ?? messages.get(`${key}.other`) ?? messages.get(key)
    if (text === undefined) throw new Error(`There is no text "${key}".`)
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? `{${name}}`))
  }
}
export type Texts = ReturnType<typeof texts>
