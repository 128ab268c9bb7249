import type { Config } from '../config/config.ts'
import { createChatProvider } from './chat/index.ts'
import { createEgress, type Egress } from './egress/egress.ts'
import { hostsOf, type providerHosts } from './egress/hosts.ts'
import { createFalProvider } from './fal/index.ts'
import { type CheckWebhook, createWebhookCheck } from './fal/webhook.ts'
import { createGeminiProvider } from './gemini/index.ts'
import { createLocalProvider } from './local/index.ts'
import { createCompatibleProvider } from './openai/compatible.ts'
import { createOpenAiProvider } from './openai/index.ts'
import type { Provider } from './provider.ts'
import { createTripoProvider } from './tripo/index.ts'

type Make = (config: Config, now: () => number) => Provider | null

const egressOf = (provider: keyof typeof providerHosts, ...bases: string[]): Egress =>
  createEgress({ hosts: hostsOf(provider, bases) })

/** Every provider the catalogue may name, and how it is made; null: its key is not set. */
const providers = {
  local: config => createLocalProvider({ threads: config.localThreads }),
  gemini({ providers: { gemini } }, now) {
    return gemini && createGeminiProvider({ ...gemini, egress: egressOf('gemini', gemini.baseUrl), now })
  },
  fal({ providers: { fal } }, now) {
    return fal && createFalProvider({ ...fal, egress: egressOf('fal', fal.queueUrl, fal.apiUrl), now })
  },
  tripo({ providers: { tripo } }, now) {
    return tripo && createTripoProvider({ ...tripo, egress: egressOf('tripo', tripo.baseUrl), now })
  },
  openai({ providers: { openai } }, now) {
    return openai && createOpenAiProvider({ ...openai, egress: egressOf('openai', openai.baseUrl), now })
  },
  'openai-chat'({ providers: { openai } }, now) {
    return openai && createChatProvider({ ...openai, egress: egressOf('openai', openai.baseUrl), now })
  },
  'local-chat'({ providers: { localReading } }, now) {
    if (!localReading) return null
    return createChatProvider({
      ...localReading,
      egress: createEgress({ hosts: [{ base: localReading.baseUrl }] }),
      now,
    })
  },
  /** Servers for pictures on the operator's machines; where they are stands in the operator's own catalogue entries. */
  compatible: (_config, now) => createCompatibleProvider({ now }),
} satisfies Record<string, Make>

export const providerNames: ReadonlySet<string> = new Set(Object.keys(providers))

/** The providers whose keys are set, by the name the catalogue uses. */
export function createProviders(config: Config, now: () => number): Map<string, Provider> {
  const made = Object.entries<Make>(providers).map(([name, make]) => [name, make(config, now)] as const)
  return new Map(made.flatMap(([name, provider]) => (provider ? [[name, provider] as const] : [])))
}

/** Judges calls to fal's webhook; null when fal's key is not set. */
export function createFalCheck({ providers: { fal } }: Config, now: () => number): CheckWebhook | null {
  return fal && createWebhookCheck({ restUrl: fal.restUrl, egress: egressOf('fal', fal.restUrl), now })
}
