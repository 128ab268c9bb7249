import type { Env, Mode } from '../config/env.ts'
import { createEgress } from './egress/egress.ts'
import { hostsOf } from './egress/hosts.ts'
import { fal } from './fal/index.ts'
import { gemini } from './gemini/index.ts'
import { local } from './local/index.ts'
import { openai, openaiChat } from './openai/index.ts'
import { ownChat, ownImages } from './own-server/index.ts'
import type { Provider, ProviderDescriptor, ProviderTools } from './provider.ts'
import { tripo } from './tripo/index.ts'

/** Every provider there is; models are offered in this order. */
export const descriptors: readonly ProviderDescriptor[] = [
  local,
  gemini,
  openai,
  openaiChat,
  fal,
  tripo,
  ownImages,
  ownChat,
]

/** The providers that are set up, by the name the catalogue uses. Throws ConfigError. */
export function openProviders(env: Env, mode: Mode, now: () => number = Date.now): Map<string, Provider> {
  const opened = descriptors.map(descriptor => {
    const settings = descriptor.settings(env, mode)
    return settings === null
      ? null
      : ([descriptor.name, descriptor.create(settings, toolsFor(descriptor, now))] as const)
  })
  return new Map(opened.filter(entry => entry !== null))
}

export const toolsFor = ({ hosts }: Pick<ProviderDescriptor, 'hosts'>, now: () => number): ProviderTools => ({
  now,
  egress: (...bases) => createEgress({ hosts: hostsOf(hosts, bases) }),
})
