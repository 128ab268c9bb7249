import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { descriptors } from '../providers/index.ts'
import { CatalogueError, createRegistry, loadRegistry, publicModel } from './registry.ts'

const load = (operatorFile?: string) => loadRegistry(descriptors, operatorFile)
/** One entry as it stands in full. */
const entries = () => [structuredClone(load().find('local-restyle')!)]
/** The catalogue with its first entry changed. */
const changed = (change: (entry: object) => void) => {
  const copy = entries()
  change(copy[0]!)
  return copy
}

test('the catalogue in the repository is sound, and keeps its way of calling to itself', () => {
  const registry = load()
  const entry = registry.find('local-restyle')!
  expect(entry.provider).toBe('local')
  expect(Object.keys(publicModel(entry, 'ready'))).not.toContain('endpoint')
  expect(registry.find('nothing')).toBeUndefined()
})

test.each<[string, unknown, string]>([
  ['no list', {}, 'must be a list'],
  ['an empty list', [], 'must be a list'],
  ['an unknown field', changed(e => Object.assign(e, { colour: 1 })), '/colour'],
  ['a missing field', changed(e => Reflect.deleteProperty(e, 'price')), 'price'],
  [
    'an unknown role',
    changed(e => Object.assign(e, { pictures: { min: 0, max: 1, roles: ['x'], maxSide: 64 } })),
    'roles',
  ],
  ['a size without a price', changed(e => Object.assign(e, { sizes: [{ name: '8K', longSide: 8192 }] })), 'perSize'],
  ['too few pictures', changed(e => Object.assign(e, { pictures: { min: 2, max: 1, roles: [], maxSide: 64 } })), 'min'],
  ['a missing successor', changed(e => Object.assign(e, { status: 'retired', successor: 'gone' })), 'successor'],
  ['the same model twice', [...entries(), ...entries()], 'twice'],
])('%s stops the start with a named error', (_name, catalogue, part) => {
  expect(() => createRegistry(catalogue)).toThrow(CatalogueError)
  expect(() => createRegistry(catalogue)).toThrow(part)
})

test('a file that is not there, not JSON or not a list is named', () => {
  expect(() => load('/nowhere/models.json')).toThrow('/nowhere/models.json')
  for (const text of ['[', '{}']) expect(() => load(written(text))).toThrow(CatalogueError)
})

test('an operator changes single fields of an entry, and adds entries', () => {
  const [own] = entries()
  const file = written(
    JSON.stringify([
      { id: 'local-restyle', status: 'retired' },
      { ...own, id: 'own' },
    ]),
  )
  const registry = load(file)
  expect(registry.find('local-restyle')).toEqual({ ...own, status: 'retired' })
  expect(registry.find('own')).toMatchObject({ status: 'live', provider: 'local' })
  expect(() => load(written('[{"id":"unknown"}]'))).toThrow(CatalogueError)
  const stranger = written('[{"id":"local-restyle","provider":"nobody"}]')
  expect(() => load(stranger)).toThrow('"nobody", which does not exist')
})

test('the operator may say where pictures go; else it is where the provider sends them', () => {
  const entry = { ...load().find('flux-2-pro')!, id: 'own' }
  const told = (change: object) => {
    const { via: _, country: __, policy: ___, ...rest } = entry
    const { via, country, policy } = load(written(JSON.stringify([{ ...rest, ...change }]))).find('own')!
    return [via, country, policy]
  }
  expect(told({})).toEqual(['fal.ai', 'US', 'https://fal.ai/legal/privacy-policy'])
  expect(told({ maker: { en: 'fal.ai', ja: 'fal.ai' } })).toEqual([null, 'US', 'https://fal.ai/legal/privacy-policy'])
  expect(told({ country: 'FR', policy: null })).toEqual(['fal.ai', 'FR', null])
})

test('parameters that the provider cannot use stop the start, whether its key is set or not', () => {
  const file = written('[{"id":"gpt-image-2","parameters":{"size":"large"}}]')
  expect(() => load(file)).toThrow('Model "gpt-image-2", parameters: /')
})

test('two providers cannot have the same model', () => {
  const [local] = descriptors
  expect(() => loadRegistry([local!, { ...local!, name: 'other' }])).toThrow(
    '"local-restyle" stands in the catalogue twice',
  )
})

test('a model of a higher rank is offered after all others', () => {
  const [one] = entries()
  const ids = createRegistry([
    { ...one, id: 'last', rank: 1 },
    { ...one, id: 'first' },
  ])
    .all()
    .map(({ id }) => id)
  expect(ids).toEqual(['first', 'last'])
})

function written(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'catalogue-')), 'models.json')
  writeFileSync(file, text)
  return file
}
