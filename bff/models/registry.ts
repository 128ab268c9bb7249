import { readFileSync } from 'node:fs'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { Model, PriceFormula } from '../contract/models.ts'

const { availability: _, ...told } = Model.properties

/** A model as the catalogue knows it: what clients may see, and how the backend calls it. */
const ModelEntry = Type.Object(
  {
    ...told,
    /** Name of the provider that runs it. */
    provider: Type.String({ minLength: 1 }),
    /** The provider's own name of the model. */
    endpoint: Type.String({ minLength: 1 }),
    /** Longest time from the call to the result. */
    deadlineMs: Type.Integer({ minimum: 1 }),
    /** What the provider takes for it, in millionths of a US dollar. */
    cost: PriceFormula,
    /** The provider's own settings of this model; it checks them at start. */
    parameters: Type.Record(Type.String(), Type.Unknown()),
    /** Models of a higher rank are offered after all of a lower one; left out: 0. */
    rank: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false },
)
export type ModelEntry = Static<typeof ModelEntry>

/** Who gets what is sent: named in the panel before the first picture goes there, and in the policy. */
export interface Recipient {
  name: string
  /** ISO 3166 code of where it processes. */
  country: string
  /** Address of its privacy policy. */
  policy: string
}

/** What the catalogue has to know of a provider. */
export interface CatalogueProvider {
  /** As entries name it. */
  name: string
  /** Null: nothing leaves the machines of the operator, who names it in entries where it does. */
  recipient: Recipient | null
  /** JSON list of its models; null: there are only entries of the operator's. */
  catalogue: URL | null
  /** Checks one entry's parameters; answers what is wrong with them, or null. */
  wrongParameters(kind: ModelEntry['kind'], parameters: ModelEntry['parameters']): string | null
}

export interface Registry {
  all(): readonly ModelEntry[]
  find(id: string): ModelEntry | undefined
}

/** Thrown at start; says which entry of the catalogue is wrong, and where. */
export class CatalogueError extends Error {
  override name = 'CatalogueError'
}

/**
 * The models of all providers, in their order. The operator's own file changes or adds entries by their id, field by
 * field. Throws CatalogueError.
 */
export function loadRegistry(providers: readonly CatalogueProvider[], operatorFile: string | null = null): Registry {
  const byId = new Map<unknown, object>()
  for (const entry of providers.flatMap(({ catalogue }) => (catalogue ? readEntries(catalogue) : []))) {
    if (byId.has(idOf(entry))) throw new CatalogueError(`Model "${idOf(entry)}" stands in the catalogue twice.`)
    byId.set(idOf(entry), entry as object)
  }
  for (const entry of operatorFile === null ? [] : readEntries(operatorFile))
    byId.set(idOf(entry), { ...byId.get(idOf(entry)), ...(entry as object) })
  const byName = new Map(providers.map(provider => [provider.name, provider]))
  const registry = createRegistry([...byId.values()].map(entry => withRecipient(entry, byName)))
  for (const { id, kind, provider, parameters } of registry.all()) {
    const known = byName.get(provider)
    if (!known) throw new CatalogueError(`Model "${id}" names the provider "${provider}", which does not exist.`)
    const wrong = known.wrongParameters(kind, parameters)
    if (wrong) throw new CatalogueError(`Model "${id}", parameters: ${wrong}`)
  }
  return registry
}

/** Entries leave out where pictures go, unless the operator says otherwise. */
function withRecipient(
  entry: { provider?: unknown; maker?: unknown },
  providers: ReadonlyMap<unknown, CatalogueProvider>,
) {
  const recipient = providers.get(entry.provider)?.recipient
  if (!recipient) return { via: null, country: null, policy: null, ...entry }
  const { name, country, policy } = recipient
  const isMaker = (entry.maker as ModelEntry['maker'] | undefined)?.en === name
  return { via: isMaker ? null : name, country, policy, ...entry }
}

function readEntries(file: string | URL): unknown[] {
  let entries: unknown
  try {
    entries = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new CatalogueError(`The model catalogue ${file} cannot be read: ${(error as Error).message}`)
  }
  if (!Array.isArray(entries)) throw new CatalogueError(`The model catalogue ${file} must be a list.`)
  return entries
}

const idOf = (entry: unknown) => (typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : entry)

/** Checks every entry by its schema and the entries against each other, or throws CatalogueError. */
export function createRegistry(entries: unknown): Registry {
  if (!Array.isArray(entries) || entries.length === 0) throw new CatalogueError('The model catalogue must be a list.')
  const byId = new Map<string, ModelEntry>()
  for (const [index, entry] of entries.entries()) {
    const model = checkShape(entry, index)
    if (byId.has(model.id)) throw new CatalogueError(`Model "${model.id}" stands in the catalogue twice.`)
    byId.set(model.id, model)
  }
  for (const model of byId.values()) checkSense(model, byId)
  const all = Object.freeze([...byId.values()].sort((one, two) => (one.rank ?? 0) - (two.rank ?? 0)))
  return { all: () => all, find: id => byId.get(id) }
}

/** The part of an entry that clients may see. */
export function publicModel(entry: ModelEntry, availability: Model['availability']): Model {
  const { provider: _, endpoint: __, deadlineMs: ___, cost: ____, parameters: _____, rank: ______, ...model } = entry
  return { ...model, availability }
}

const shape = Compile(ModelEntry)

function checkShape(entry: unknown, index: number): ModelEntry {
  if (shape.Check(entry)) return entry
  const [error] = shape.Errors(entry)
  throw new CatalogueError(`Model ${index + 1} of the catalogue: ${error?.instancePath || '/'} ${error?.message}.`)
}

function checkSense(model: ModelEntry, byId: ReadonlyMap<string, ModelEntry>): void {
  const wrong = (what: string) => new CatalogueError(`Model "${model.id}": ${what}.`)
  const { pictures, sizes, aspects, options, price, successor } = model
  const sizeNames = sizes.map(size => size.name)
  if (pictures.min < 0 || pictures.max < pictures.min) throw wrong('pictures.min and pictures.max do not fit')
  if (pictures.max > 0 && pictures.roles.length === 0) throw wrong('pictures.roles is empty')
  if (pictures.maxSide < 16) throw wrong('pictures.maxSide is too small')
  if (model.kind !== 'image' && (pictures.min !== 1 || pictures.max !== 1)) throw wrong('it takes exactly one picture')
  if (sizes.length === 0 || new Set(sizeNames).size < sizes.length) throw wrong('sizes must be named, each once')
  if (sizes.some(size => size.longSide < 64)) throw wrong('a longSide is under 64 pixels')
  if (aspects.length === 0) throw wrong('aspects is empty')
  if (Object.keys(price.perSize).sort().join() !== sizeNames.toSorted().join())
    throw wrong('price.perSize must name exactly the sizes')
  if (Object.keys(price.perQuality).sort().join() !== options.qualities.toSorted().join())
    throw wrong('price.perQuality must name exactly the qualities')
  if (model.usualMs < 1) throw wrong('usualMs must be at least 1')
  if (model.status === 'live' && successor !== null) throw wrong('a live model has no successor')
  if (successor !== null && byId.get(successor)?.status !== 'live') throw wrong('its successor is not a live model')
}
