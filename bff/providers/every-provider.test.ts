import { lookup } from 'node:dns'
import { readFileSync } from 'node:fs'
import { type NetConnectOpts, Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ConfigError, type Env, type Mode } from '../config/env.ts'
import { loadRegistry, type ModelEntry } from '../models/registry.ts'
import { fal } from './fal/index.ts'
import { gemini } from './gemini/index.ts'
import { descriptors, openProviders, toolsFor } from './index.ts'
import { openai } from './openai/index.ts'
import { ownChat } from './own-server/index.ts'
import type { Provider, ProviderRequest } from './provider.ts'
import { control, imageRequest, picture } from './test/requests.ts'
import { tripo } from './tripo/index.ts'

const entries = loadRegistry(descriptors).all()
const outside = descriptors.filter(({ hosts }) => hosts.length > 0)

/** The variables that providers look at. */
const variables = (() => {
  const names = new Set<string>()
  const env = new Proxy<Env>({}, { get: (_target, name) => void names.add(String(name)) })
  for (const { settings } of descriptors) settings(env, 'development')
  return names
})()

/** Every key that there is. */
const keys = Object.fromEntries([...variables].filter(name => name.endsWith('KEY')).map(name => [name, 'a-key']))

describe('a provider of the outside', () => {
  const providers = openProviders(keys, 'development', () => 0)

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

  function toRequest({ kind, endpoint, parameters, sizes, options }: ModelEntry): ProviderRequest {
    const quality = options.qualities[0] ?? null
    if (kind === 'image')
      return imageRequest({ endpoint, parameters, quality, size: sizes[0]!.name, sources: [picture()] })
    return { kind, endpoint, parameters, quality, source: picture() }
  }

  const send = (provider: Provider, request: ProviderRequest) =>
    provider.way === 'direct'
      ? provider.call(request, control())
      : provider.submit(request, { ...control(), callback: null })

  test.each(outside)(
    '[P48] $name reaches its own hosts alone, by a lookup that lets no private address through',
    async ({ name, hosts }) => {
      const entry = entries.find(({ provider, status }) => provider === name && status === 'live')
      wanted.length = 0
      await expect(send(providers.get(name)!, toRequest(entry!))).rejects.toMatchObject({ fault: { kind: 'not_sent' } })
      expect(wanted).toHaveLength(1)
      const [options] = wanted as [NetConnectOpts & { host: string; port: number | string }]
      expect(hosts).toContain(options.host)
      expect(Number(options.port)).toBe(443)
      expect('lookup' in options && options.lookup).toBeTypeOf('function')
      expect('lookup' in options && options.lookup).not.toBe(lookup)
    },
  )
})

test.each(outside)('$name refuses an address that is neither its own nor of its settings', async descriptor => {
  const egress = toolsFor(descriptor, () => 0).egress('http://127.0.0.1:9/v1')
  for (const url of ['https://example.test/v1', 'http://127.0.0.1:10/v1', `http://${descriptor.hosts[0]}/`])
    await expect(egress.fetch(control())(url)).rejects.toMatchObject({ fault: { kind: 'bad_answer' } })
  await egress.close()
})

test('each has a name of its own; what has hosts says whose they are, and what has none stays at home', () => {
  expect(new Set(descriptors.map(({ name }) => name)).size).toBe(descriptors.length)
  for (const { name, hosts, recipient } of descriptors)
    expect([name, recipient !== null]).toEqual([name, hosts.length > 0])
})

test('models say where pictures go as their provider does', () => {
  const told = (id: string) => {
    const { via, country, policy } = entries.find(entry => entry.id === id)!
    return { via, country, policy }
  }
  expect(told('flux-2-pro')).toEqual({ via: 'fal.ai', country: 'US', policy: 'https://fal.ai/legal/privacy-policy' })
  expect(told('gpt-5.6-luna')).toEqual({
    via: null,
    country: 'US',
    policy: 'https://openai.com/policies/privacy-policy/',
  })
  expect(told('local-restyle')).toEqual({ via: null, country: null, policy: null })
})

test('what is measured on this machine is offered after the models that read', () => {
  const readers = entries.filter(({ kind }) => kind === 'reading').map(({ id }) => id)
  expect(readers).toEqual([
    'gemini-3.8-flash',
    'gpt-5.6-luna',
    'gpt-5.6-terra',
    'local-server-reading',
    'local-reading',
  ])
})

describe('settings', () => {
  test('without any, only what needs no key is there', () => {
    const providers = openProviders({}, 'development')
    expect([...providers.keys()]).toEqual(['local', 'compatible'])
  })

  test('every variable is told of in .env.example', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
    expect(variables.size).toBeGreaterThan(10)
    for (const name of variables) expect(example).toMatch(new RegExp(`^# ${name}=`, 'm'))
  })

  test('providers are reached where they are, or where the settings say; without a slash at the end', () => {
    expect(fal.settings({ FAL_KEY: 'id:f', FAL_QUEUE_URL: 'http://127.0.0.1:9/' }, 'development')).toEqual({
      key: 'id:f',
      queueUrl: 'http://127.0.0.1:9',
      restUrl: 'https://rest.fal.ai',
      apiUrl: 'https://api.fal.ai/v1',
    })
    expect(tripo.settings({ TRIPO_API_KEY: 't' }, 'development')).toEqual({
      key: 't',
      baseUrl: 'https://openapi.tripo3d.ai/v3',
    })
    expect(openai.settings({ OPENAI_API_KEY: 'o' }, 'development')).toEqual({
      key: 'o',
      baseUrl: 'https://api.openai.com/v1',
    })
    expect(ownChat.settings({ LOCAL_READING_URL: 'http://127.0.0.1:11434/v1/' })).toEqual({
      key: null,
      baseUrl: 'http://127.0.0.1:11434/v1',
      model: null,
    })
  })

  test('[P46] production takes no Gemini key that is not declared as paid: Google may train on the others', () => {
    const settings = (GEMINI_TIER: string | undefined, mode: Mode) =>
      gemini.settings({ GEMINI_API_KEY: 'g', GEMINI_TIER }, mode)
    const access = { key: 'g', baseUrl: 'https://generativelanguage.googleapis.com/v1beta' }
    expect(settings('paid', 'production')).toEqual(access)
    for (const tier of ['free', undefined])
      expect(() => settings(tier, 'production')).toThrow('GEMINI_TIER must be paid')
    expect(gemini.settings({ GEMINI_TIER: 'free' }, 'production')).toBeNull()
    expect(settings('free', 'development')).toEqual(access)
  })

  test('production reaches providers by https only', () => {
    const env = { GEMINI_BASE_URL: 'http://proxy.example.test/v1beta' }
    expect(() => openProviders(env, 'production')).toThrow('GEMINI_BASE_URL must be https')
  })

  test.each([
    ['GEMINI_TIER', 'gratis'],
    ['GEMINI_API_KEY', 'two words'],
    ['GEMINI_BASE_URL', 'ftp://example.test'],
    ['GEMINI_BASE_URL', 'https://user:word@example.test'],
    ['LOCAL_READING_URL', 'localhost'],
    ['LOCAL_THREADS', 'all'],
  ])('%s=%s stops the start with the name of the variable, and never its value', (name, value) => {
    const start = () => openProviders({ [name]: value }, 'development')
    expect(start).toThrow(ConfigError)
    expect(start).toThrow(name)
    expect(start).not.toThrow(value)
  })
})
