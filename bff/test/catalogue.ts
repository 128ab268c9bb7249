import { createRegistry, loadRegistry, type ModelEntry, type Registry } from '../models/registry.ts'
import { descriptors } from '../providers/index.ts'

/** The catalogue with models of the test's own, each the on-device one with a change. */
export function registryWith(...changes: (Partial<ModelEntry> & { id: string })[]): Registry {
  const entries = loadRegistry(descriptors).all()
  const local = entries.find(entry => entry.id === 'local-restyle')!
  return createRegistry([...entries, ...changes.map(change => ({ ...local, ...change }))])
}
