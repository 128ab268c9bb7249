import type { Config } from '../config.ts'
import { createLocalProvider } from './local/index.ts'
import type { Provider } from './provider.ts'

/** Every maker the catalogue may name, and how it is made; null: its key is not set. */
const makers = {
  local: config => createLocalProvider({ threads: config.localThreads }),
} satisfies Record<string, (config: Config) => Provider | null>

export const providerNames: ReadonlySet<string> = new Set(Object.keys(makers))

/** The makers whose keys are set, by the name the catalogue uses. */
export function createProviders(config: Config): Map<string, Provider> {
  const made = Object.entries(makers).map(([name, make]) => [name, make(config)] as const)
  return new Map(made.flatMap(([name, provider]) => (provider ? [[name, provider] as const] : [])))
}
