/**
 * Holds the direction of imports: which room may import from which.
 * A line is "room: rooms it may import". `type:` allows only `import type`.
 */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { parseSync } from 'oxc-parser'

const root = join(import.meta.dirname, '..')

/** The panel from top to bottom: a room may import from those below it. */
const panel = [
  'entrypoints',
  'app',
  'results',
  'studio',
  'credits',
  'jobs',
  'sources',
  'account',
  'picking',
  'catalogue',
  'ui',
  'platform',
  'locales',
].map(room => `extension/${room}`)

/** Rooms of the backend, the lowest first; a room imports only rooms of the lines above its own. */
const backend = [
  ['contract', 'restyle'],
  ['config', 'db', 'http'],
  ['models', 'privacy', 'web'],
  ['ledger', 'library', 'providers'],
  ['billing', 'identity', 'jobs'],
  ['app'],
  ['main.ts'],
]

/** The one file of the contract that the panel loads; of the others it knows types. */
const values = 'bff/contract/values.ts'

const allowed: Record<string, string[]> = {
  ...Object.fromEntries(panel.map((room, at) => [room, [...panel.slice(at + 1), values, 'type:bff/contract']])),
  // The tokens of the look stand with the pages, which the backend serves without the panel.
  'extension/entrypoints': [...panel.slice(1), values, 'bff/web/assets/tokens.css'],
  'extension/sample': [],

  ...belowOf('bff', backend),
  // Providers know neither the ledger nor the database nor Fastify.
  'bff/providers': ['bff/config', 'bff/contract', 'bff/models', 'bff/restyle'],
}

/** Modules that may only be used in one room, wherever they come from. */
const onlyIn: Record<string, string[]> = {
  react: panel,
  'react-dom/client': ['extension/entrypoints'],
  zustand: panel,
  'better-sqlite3': ['bff/db'],
  stripe: ['bff/billing'],
  fastify: ['bff/http', 'bff/app/app.ts', 'bff/main.ts'],
  undici: ['bff/providers/egress'],
}

/**
 * Domain modules work on the transaction they are given; of the database they know types, compiled statements, and the
 * connection that can only read, for processes of their own.
 */
const openToAll = ['bff/db/statement.ts', 'bff/db/open-read-only.ts']
const takesTransactions = [
  'bff/ledger',
  'bff/billing',
  'bff/jobs',
  'bff/library',
  'bff/identity',
  'bff/privacy',
  'bff/models',
]

function belowOf(folder: string, layers: readonly string[][]): Record<string, string[]> {
  const path = (room: string) => `${folder}/${room}`
  return Object.fromEntries(
    layers.flatMap((rooms, at) => rooms.map(room => [path(room), layers.slice(0, at).flat().map(path)])),
  )
}

const files = globSync('{bff,extension}/**/*.{ts,tsx}', { cwd: root }).filter(
  file => !/\.test\.tsx?$|\.d\.ts$|\/(test|bench|e2e)\/|\/bench\.ts$/.test(file),
)
const errors: string[] = []

const roomOf = (file: string) => file.split('/').slice(0, 2).join('/')
const within = (file: string, room: string) => file === room || file.startsWith(`${room}/`)

for (const file of files) {
  const from = roomOf(file)
  const rules = allowed[from]
  if (!rules) {
    errors.push(`${file}: the room ${from} has no line in scripts/check-imports.ts`)
    continue
  }
  const { module } = parseSync(file, readFileSync(join(root, file), 'utf8'))
  const imports = [
    ...module.staticImports.map(i => ({
      from: i.moduleRequest.value,
      type: i.entries.length > 0 && i.entries.every(e => e.isType),
    })),
    ...module.staticExports.flatMap(e =>
      e.entries.flatMap(x => (x.moduleRequest ? [{ from: x.moduleRequest.value, type: x.isType }] : [])),
    ),
  ]
  if (file === values && imports.length > 0) errors.push(`${file}: the panel loads it, so it imports nothing`)
  for (const { from: name, type } of imports) {
    if (!name.startsWith('.')) {
      const rooms = onlyIn[name]
      if (rooms && !type && !rooms.some(room => within(file, room))) errors.push(`${file}: may not import ${name}`)
      continue
    }
    const target = relative(root, normalize(join(root, dirname(file), name)))
    if (within(target, from)) continue
    const fits = rules.some(
      rule => within(target, rule) || (type && rule.startsWith('type:') && within(target, rule.slice(5))),
    )
    if (!fits) errors.push(`${file}: may not import ${target}${type ? ' (type)' : ''}`)
    if (within(target, 'bff/db') && !type && !openToAll.includes(target) && takesTransactions.includes(from))
      errors.push(`${file}: takes a transaction, and may import only types of ${target}`)
  }
}

for (const error of errors) console.error(error)
for (const [at, rooms] of backend.entries()) console.log(`bff ${at + 1}: ${rooms.join(', ')}`)
console.log(`panel, the highest first: ${panel.map(room => room.split('/')[1]).join(' > ')}`)
console.log(`imports: ${files.length} files, ${errors.length} in the wrong direction`)
process.exitCode = errors.length ? 1 : 0
