/**
 * Holds the direction of imports: which room may import from which.
 * A line is "room: rooms it may import". `type:` allows only `import type`.
 */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { parseSync } from 'oxc-parser'

const root = join(import.meta.dirname, '..')

const panel = ['account', 'credits', 'platform', 'reading', 'results', 'shell', 'sources', 'studio'].map(
  room => `extension/${room}`,
)

const allowed: Record<string, string[]> = {
  'extension/entrypoints': ['extension/picking', ...panel],
  'extension/picking': ['extension/platform'],
  'extension/sources': [...panel, 'extension/picking', 'type:bff/contract'],
  'extension/studio': [...panel, 'type:bff/contract'],
  'extension/credits': [...panel, 'type:bff/contract'],
  'extension/reading': [...panel, 'type:bff/contract'],
  'extension/results': [...panel, 'type:bff/contract'],
  'extension/account': [...panel, 'type:bff/contract'],
  'extension/shell': [...panel, 'extension/locales', 'type:bff/contract'],
  'extension/platform': ['extension/locales', 'type:bff/contract'],
  'extension/locales': [],
  'extension/sample': [],

  'bff/main.ts': ['bff'],
  'bff/app.ts': ['bff'],
  'bff/upkeep.ts': ['bff'],
  'bff/start-checks.ts': ['bff'],
  'bff/config.ts': ['bff/config'],
  'bff/config': [],
  'bff/contract': [],
  'bff/http': ['bff/contract'],
  'bff/memory': ['bff/contract'],
  'bff/db': ['bff/contract'],
  'bff/privacy': ['bff/contract', 'bff/db', 'bff/memory'],
  'bff/models': ['bff/contract', 'bff/db'],
  'bff/media': [],
  'bff/providers': ['type:bff/config.ts', 'bff/contract', 'bff/media', 'bff/models'],
  'bff/credits': ['bff/contract', 'bff/db', 'bff/http'],
  'bff/billing': ['bff/contract', 'bff/credits', 'bff/db', 'bff/http', 'bff/models', 'bff/privacy', 'bff/web'],
  'bff/books': ['bff/billing', 'bff/config.ts', 'bff/credits', 'bff/db'],
  'bff/library': ['bff/contract', 'bff/db', 'bff/http', 'bff/media', 'bff/memory', 'bff/privacy'],
  'bff/web': ['bff/contract', 'bff/http'],
  'bff/identity': ['bff/contract', 'bff/credits', 'bff/db', 'bff/http', 'bff/privacy', 'bff/web'],
  'bff/generations': [
    'bff/contract',
    'bff/credits',
    'bff/db',
    'bff/http',
    'bff/library',
    'bff/media',
    'bff/memory',
    'bff/models',
    'bff/privacy',
    'bff/providers',
  ],
}

/** Modules that may only be used in one room, wherever they come from. */
const onlyIn: Record<string, string[]> = {
  react: [...panel, 'extension/entrypoints'],
  'react-dom/client': ['extension/entrypoints'],
  zustand: panel,
  'better-sqlite3': ['bff/db'],
  stripe: ['bff/billing'],
  fastify: ['bff/http', 'bff/app.ts', 'bff/main.ts'],
  undici: ['bff/providers/egress'],
}

/** Domain modules work on the transaction they are given; of the database they know types and compiled statements. */
const statements = 'bff/db/statement.ts'
const takesTransactions = [
  'bff/credits',
  'bff/billing',
  'bff/generations',
  'bff/library',
  'bff/identity',
  'bff/privacy',
  'bff/models',
]

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
    if (within(target, 'bff/db') && !type && target !== statements && takesTransactions.includes(from))
      errors.push(`${file}: takes a transaction, and may import only types of ${target}`)
  }
}

for (const error of errors) console.error(error)
console.log(`imports: ${files.length} files, ${errors.length} in the wrong direction`)
process.exitCode = errors.length ? 1 : 0
