/**
 * Holds the texts that people read: those of the panel, of Chrome's own menus, of the backend's pages and about models.
 * Every language says everything, with the same gaps to fill and the plural forms it needs, and every text is used.
 *
 * A language is what stands in the product's list, or has a folder or a file named after it: a new one is checked as soon
 * as its first text is there. `node scripts/check-locales.ts FOLDER` looks at another folder than this repository.
 */
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseSync, Visitor } from 'oxc-parser'

const root = resolve(process.argv[2] ?? join(import.meta.dirname, '..'))
/** Its keys are the keys; the others say the same. */
const reference = 'en'

/** Where the product's languages are listed. */
const list = 'bff/contract/values.ts'

/** Texts that one part of the product reads; `*` stands for the language. */
const places = [
  { texts: 'extension/locales/*/**.json', readers: 'extension/**/*.{ts,tsx}' },
  { texts: 'extension/public/_locales/*/messages.json', readers: '{extension/**/*.{ts,tsx},wxt.config.ts}' },
  { texts: 'bff/**/locales/*.ts', readers: 'bff/**/*.ts' },
]

/** Texts about models stand there, in every language beside each other. */
const catalogue = 'bff/providers/*/catalogue.json'

type Texts = Map<string, string>

const parsed = new Map(sourcesOf('{extension,bff}/**/*.{ts,tsx}').map(path => [path, readingOf(path)]))
const everyWord = new Set([...parsed.values()].flatMap(({ words }) => [...words]))
const errors: string[] = []
let count = 0

const read = await Promise.all(places.map(async place => ({ ...place, folders: await readTexts(place.texts) })))
const listed = Object.keys((await import(pathToFileURL(join(root, list)).href)).languages)
const found = read.flatMap(({ folders }) => [...folders.values()].flatMap(folder => [...folder.keys()]))
const languages = new Set([...listed, ...found])
for (const language of languages) if (!listed.includes(language)) errors.push(`${list}: ${language} is not listed`)
for (const { texts, readers, folders } of read) {
  if (folders.size === 0) errors.push(`${texts}: there are no such files, so these texts cannot be checked`)
  const isRead = readerOf(sourcesOf(readers))
  for (const [folder, byLanguage] of folders) {
    for (const language of languages) compare(folder, language, byLanguage)
    const said: Texts = byLanguage.get(reference) ?? new Map()
    const keys = new Set([...said.keys()].map(key => (isPlural(said, withoutForm(key)) ? withoutForm(key) : key)))
    for (const key of keys) if (!isRead(key, said)) errors.push(`${folder}: ${key} is used nowhere`)
  }
}

const catalogues = globSync(catalogue, { cwd: root })
if (catalogues.length === 0) errors.push(`${catalogue}: there are no such files, so these texts cannot be checked`)
for (const path of catalogues)
  for (const model of JSON.parse(readFileSync(join(root, path), 'utf8'))) lookThrough(model, `${path}: ${model.id}`)

for (const error of errors) console.error(error)
console.log(`locales: ${count} texts, ${errors.length} problems`)
process.exitCode = errors.length ? 1 : 0

/** The texts of each folder `locales` by language. A key in a file of a language's folder begins with the file's name. */
async function readTexts(pattern: string): Promise<Map<string, Map<string, Texts>>> {
  const folders = new Map<string, Map<string, Texts>>()
  for (const path of globSync(pattern, { cwd: root })) {
    const hasFolder = !basename(dirname(path)).endsWith('locales')
    const folder = hasFolder ? dirname(dirname(path)) : dirname(path)
    const name = basename(path, extname(path))
    const language = hasFolder ? basename(dirname(path)) : name
    const byLanguage = folders.get(folder) ?? new Map<string, Texts>()
    folders.set(folder, byLanguage)
    const texts = byLanguage.get(language) ?? new Map<string, string>()
    byLanguage.set(language, texts)
    for (const [key, text] of Object.entries(await messagesOf(path))) {
      if (text.trim() === '') errors.push(`${path}: ${key} is empty`)
      texts.set(hasFolder && name !== 'messages' ? `${name}.${key}` : key, text)
      count++
    }
  }
  return folders
}

/** JSON, JSON of Chrome's kind (`{key: {message}}`), or a module with one export. */
async function messagesOf(path: string): Promise<Record<string, string>> {
  const file = join(root, path)
  const content: Record<string, string | { message: string }> = path.endsWith('.json')
    ? JSON.parse(readFileSync(file, 'utf8'))
    : Object.values(await import(pathToFileURL(file).href))[0]
  return Object.fromEntries(
    Object.entries(content).map(([key, text]) => [key, typeof text === 'string' ? text : text.message]),
  )
}

/** Finds the texts in anything of a catalogue: what has a wording in the reference language has one in all. */
function lookThrough(value: unknown, where: string): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, part] of Object.entries(value)) lookThrough(part, `${where} ${key}`)
  if (!(reference in value) || typeof value[reference] !== 'string') return
  const wordings = new Map(Object.entries(value))
  for (const language of languages) {
    count++
    const wording = wordings.get(language)
    if (typeof wording === 'string' && (wording.trim() !== '' || value[reference] === '')) continue
    errors.push(`${where} is missing in ${language}`)
  }
}

function compare(folder: string, language: string, byLanguage: Map<string, Texts>): void {
  const [said, other] = [byLanguage.get(reference), byLanguage.get(language)]
  if (!said) return void errors.push(`${folder}: there is nothing in ${reference}`)
  if (!other) return void errors.push(`${folder}: there is nothing in ${language}`)
  const due = new Map<string, string>()
  for (const [key, text] of said) {
    const plain = withoutForm(key)
    if (!isPlural(said, plain)) due.set(key, gaps(text))
    else for (const form of formsOf(language)) due.set(`${plain}.${form}`, gaps(said.get(`${plain}.other`)))
  }
  for (const [key, expected] of due) {
    const text = other.get(key)
    if (text === undefined) {
      errors.push(`${folder}: ${key} is missing in ${language}`)
      continue
    }
    // The form for one thing may say "the picture" instead of "1 picture".
    const fits = gaps(text) === expected || (key.endsWith('.one') && gaps(`{count} ${text}`) === expected)
    if (!fits) errors.push(`${folder}: ${key} has the gaps "${gaps(text)}" in ${language}, not "${expected}"`)
  }
  for (const key of other.keys())
    if (!due.has(key)) errors.push(`${folder}: ${key} in ${language} answers to no key in ${reference}`)
}

/** The plural forms that a language has for counts of things, two in English, one in Japanese; all fall back on `other`. */
function formsOf(language: string): Set<string> {
  const rules = new Intl.PluralRules(language)
  return new Set(['other', ...Array.from({ length: 1000 }, (_, number) => rules.select(number))])
}

function isPlural(texts: Texts, key: string): boolean {
  return [...formsOf(reference)].every(form => texts.has(`${key}.${form}`))
}

function withoutForm(key: string): string {
  return key.replace(/\.(zero|one|two|few|many|other)$/, '')
}

function gaps(text = ''): string {
  return [...new Set(text.match(/\{\w+\}|\$\w+\$/g) ?? [])].sort().join(' ')
}

function sourcesOf(pattern: string): string[] {
  return globSync(pattern, { cwd: root }).filter(
    path => !/\.test\.tsx?$|\.d\.ts$|\/(locales|e2e|test|bench|sample)\//.test(path),
  )
}

interface Reading {
  /** Every string and every name of a property. */
  words: Set<string>
  /** Texts with gaps, such as `results.stage.${state}`: what stands between the gaps. */
  templates: string[][]
}

function readingOf(path: string): Reading {
  const reading: Reading = { words: new Set(), templates: [] }
  const { words, templates } = reading
  new Visitor({
    Literal: ({ value }) => void ((typeof value === 'string' || typeof value === 'number') && words.add(`${value}`)),
    Property: ({ key }) => void (key.type === 'Identifier' && words.add(key.name)),
    TSPropertySignature: ({ key }) => void (key.type === 'Identifier' && words.add(key.name)),
    TemplateLiteral: ({ quasis }) => void templates.push(quasis.map(({ value }) => value.raw)),
  }).visit(parseSync(path, readFileSync(join(root, path), 'utf8')).program)
  return reading
}

/**
 * Whether one of the files reads a key: as it is, or put together as in t(`results.stage.${state}`), where what is put in
 * must be a word somewhere in the product, or as in t(`${key}.text`), where it must be a text that is read.
 */
function readerOf(paths: string[]): (key: string, texts: Texts) => boolean {
  const readings = paths.map(path => parsed.get(path) ?? readingOf(path))
  const words = new Set(readings.flatMap(reading => [...reading.words]))
  const patterns = readings
    .flatMap(({ templates }) => templates)
    // What does not begin with the name of a room could be any text.
    .filter(parts => /^[a-z]\w*\./.test(parts[0] ?? '') && parts.every(part => /^[\w.-]*$/.test(part)))
    .map(parts => new RegExp(`^${parts.map(part => part.replaceAll('.', '\\.')).join('(.+)')}$`))
  const endings = readings
    .flatMap(({ templates }) => templates)
    .flatMap(([begin, end, ...rest]) =>
      begin === '' && rest.length === 0 && /^\.[\w.-]+$/.test(end ?? '') ? [end!] : [],
    )
  const isRead = (key: string, texts: Texts): boolean =>
    words.has(key) ||
    words.has(`__MSG_${key}__`) ||
    patterns.some(pattern =>
      pattern
        .exec(key)
        ?.slice(1)
        .every(part => everyWord.has(part)),
    ) ||
    endings.some(ending => {
      const base = key.slice(0, -ending.length)
      return key.endsWith(ending) && texts.has(base) && isRead(base, texts)
    })
  return isRead
}
