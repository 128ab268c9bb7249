/** Every language has the same files, the same keys and the same placeholders; no key is unused. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const errors: string[] = []

type Messages = Record<string, string>

function read(pattern: string, language: string): Map<string, string> {
  const texts = new Map<string, string>()
  for (const file of globSync(pattern.replace('*', language), { cwd: root })) {
    const room = file.split('/').at(-1)?.replace('.json', '')
    const messages = JSON.parse(readFileSync(join(root, file), 'utf8')) as Messages
    for (const [key, text] of Object.entries(messages)) {
      if (typeof text === 'string' && text.trim() === '') errors.push(`${file}: ${key} is empty`)
      texts.set(`${room}.${key}`, typeof text === 'string' ? text : JSON.stringify(text))
    }
  }
  return texts
}

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}|\$\w+\$/g) ?? [])].sort().join(' ')
/** Japanese has one plural form, so `.one` may stand in English alone. */
const plain = (key: string) => !key.endsWith('.one')

for (const pattern of [
  'extension/locales/*/**.json',
  'extension/public/_locales/*/messages.json',
  'bff/web/locales/*.json',
]) {
  const en = read(pattern, 'en')
  const ja = read(pattern, 'ja')
  for (const key of en.keys()) if (plain(key) && !ja.has(key)) errors.push(`${key}: missing in Japanese`)
  for (const key of ja.keys()) if (!en.has(key)) errors.push(`${key}: missing in English`)
  for (const [key, text] of en) {
    const other = ja.get(key)
    if (other !== undefined && plain(key) && placeholders(text) !== placeholders(other))
      errors.push(
        `${key}: other placeholders in Japanese (${placeholders(other)}) than in English (${placeholders(text)})`,
      )
  }
}

const source = globSync('{extension,bff}/**/*.{ts,tsx}', { cwd: root })
  .filter(file => !file.includes('.test.'))
  .map(file => readFileSync(join(root, file), 'utf8'))
  .join('\n')
/** Keys put together in code, such as t(`results.stage.${state}`), count as used by their prefix. */
const prefixes = [...source.matchAll(/`([a-z]+\.[\w.-]*)\$\{/g)].map(match => match[1] ?? '')
for (const key of read('extension/locales/*/**.json', 'en').keys()) {
  const name = key.replace(/\.(one|other)$/, '')
  const used = source.includes(`'${name}'`) || prefixes.some(prefix => name.startsWith(prefix))
  if (!used) errors.push(`${name}: no code uses this text`)
}

for (const error of errors) console.error(error)
console.log(`locales: ${errors.length} problems`)
process.exitCode = errors.length ? 1 : 0
