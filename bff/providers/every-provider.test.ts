import { lookup } from 'node:dns'
import { readdirSync } from 'node:fs'
import { type NetConnectOpts, Socket } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readConfig } from '../config/config.ts'
import { type ModelEntry, readEntries } from '../models/registry.ts'
import { providerHosts, reaches } from './egress/hosts.ts'
import { createProviders, providerNames } from './index.ts'
import type { CallControl, Provider, ProviderRequest, SourcePicture } from './provider.ts'

/** Providers that reach nobody, or only what the operator named; theirs are proven beside them. */
const atHome = ['local', 'local-chat', 'compatible']
const providerOf = (provider: string) => provider.replace('-chat', '') as keyof typeof providerHosts

const env = {
  OPENAI_API_KEY: 'a-key',
  GEMINI_API_KEY: 'a-key',
  FAL_KEY: 'a-key',
  TRIPO_API_KEY: 'a-key',
  LOCAL_READING_URL: 'http://127.0.0.1:11434/v1',
}
const providers = createProviders(readConfig(env), () => 0)
const catalogue = new URL('../models/catalogue/', import.meta.url)
const entries = readdirSync(catalogue).flatMap(file => readEntries(new URL(file, catalogue))) as ModelEntry[]

/** Every connection that anything in this process wants to open; none is. */
const wanted: NetConnectOpts[] = []

beforeAll(() => {
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function connect(this: Socket, ...given: unknown[]) {
    const [options] = (Array.isArray(given[0]) ? given[0] : given) as [NetConnectOpts]
    wanted.push(options)
    setImmediate(() => this.destroy(new Error('No connection in this test.')))
    return this
  })
})
afterAll(async () => {
  vi.restoreAllMocks()
  await Promise.all([...providers.values()].map(provider => provider.close()))
})

const source: SourcePicture = {
  bytes: Buffer.from('picture'),
  mime: 'image/png',
  width: 64,
  height: 64,
  role: 'subject',
  weight: 100,
}

function toRequest({ kind, endpoint, parameters, sizes, options }: ModelEntry): ProviderRequest {
  const [size] = sizes
  const shared = { endpoint, parameters, quality: options.qualities[0] ?? null }
  const picture = { prompt: 'A kite', negative: '', width: 1024, height: 1024, aspect: '1:1', size: size!.name }
  if (kind === 'image') return { kind, ...shared, ...picture, sources: [source], count: 1, seed: 1, transparent: false }
  return { kind, ...shared, source }
}

function send(provider: Provider, request: ProviderRequest) {
  const control: CallControl = { signal: new AbortController().signal, onProgress() {}, admit: async () => {} }
  return provider.way === 'direct'
    ? provider.call(request, control)
    : provider.submit(request, { ...control, callback: null })
}

test.each(entries.map(({ id, provider, kind, parameters }) => [id, provider, kind, parameters] as const))(
  '%s is called with parameters that its provider (%s) takes',
  (_id, provider, kind, parameters) => {
    expect([...providers.keys()]).toContain(provider)
    expect(providers.get(provider)?.wrongParameters?.(kind, parameters) ?? null).toBeNull()
  },
)

test.each([...providerNames].filter(name => !atHome.includes(name)))(
  '[P48] %s reaches hosts of the list alone, by a lookup that lets no private address through',
  async name => {
    const entry = entries.find(({ provider, status }) => provider === name && status === 'live')
    wanted.length = 0
    await expect(send(providers.get(name)!, toRequest(entry!))).rejects.toMatchObject({ fault: { kind: 'not_sent' } })
    expect(wanted).toHaveLength(1)
    const [options] = wanted as [NetConnectOpts & { host: string; port: number | string }]
    const url = new URL(`https://${options.host}:${options.port}`)
    expect(providerHosts[providerOf(name)].some(host => reaches({ host }, url))).toBe(true)
    expect('lookup' in options && options.lookup).toBeTypeOf('function')
    expect('lookup' in options && options.lookup).not.toBe(lookup)
  },
)
