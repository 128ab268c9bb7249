import { isAbsolute } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const production = {
  NODE_ENV: 'production',
  ORIGIN: 'https://mimicit.example.test',
  EXTENSION_IDS: 'a'.repeat(32),
  MASTER_KEY: Buffer.alloc(32).toString('base64'),
  GOOGLE_CLIENT_ID: 'mimicit-test',
  GOOGLE_CLIENT_SECRET: 'not-a-secret',
}

test('an empty environment is a development backend on this machine', () => {
  const config = readConfig({})
  expect(config).toMatchObject({ mode: 'development', host: '127.0.0.1', origin: 'http://localhost:8787' })
  expect(config).toMatchObject({ masterKey: null, trustedProxies: [] })
  expect(isAbsolute(config.dataDir)).toBe(true)
  expect(Object.isFrozen(config)).toBe(true)
})

test('production needs its origin, extensions and key', () => {
  expect(readConfig(production)).toMatchObject({ mode: 'production', origin: production.ORIGIN })
  for (const name of ['ORIGIN', 'EXTENSION_IDS', 'MASTER_KEY'])
    expect(() => readConfig({ ...production, [name]: undefined })).toThrow(`${name} must be set in production.`)
  expect(() => readConfig({ ...production, ORIGIN: 'http://mimicit.example.test' })).toThrow('ORIGIN must be https')
})

test('[P39] proxies that may say where a request comes from are named one by one', () => {
  const trusted = (TRUSTED_PROXIES: string) => readConfig({ TRUSTED_PROXIES }).trustedProxies
  expect(trusted('127.0.0.1,10.0.0.0/8,::1')).toEqual(['127.0.0.1', '10.0.0.0/8', '::1'])
})

test('providers without a key are not there; base URLs are kept without the slash at their end', () => {
  expect(readConfig({}).providers).toMatchObject({ gemini: null, localReading: null })
  const { providers } = readConfig({
    GEMINI_API_KEY: 'g',
    GEMINI_BASE_URL: 'http://127.0.0.1:9/v1/',
    LOCAL_READING_URL: 'http://127.0.0.1:11434/v1/',
  })
  expect(providers.gemini).toEqual({ key: 'g', baseUrl: 'http://127.0.0.1:9/v1' })
  expect(providers.localReading).toEqual({ key: null, baseUrl: 'http://127.0.0.1:11434/v1', model: null })
})

test('fal and Tripo3D are reached where they are, or where the settings say', () => {
  expect(readConfig({}).providers).toMatchObject({ fal: null, tripo: null })
  const { providers } = readConfig({ FAL_KEY: 'id:f', FAL_QUEUE_URL: 'http://127.0.0.1:9/', TRIPO_API_KEY: 't' })
  expect(providers.fal).toEqual({
    key: 'id:f',
    queueUrl: 'http://127.0.0.1:9',
    restUrl: 'https://rest.fal.ai',
    apiUrl: 'https://api.fal.ai/v1',
  })
  expect(providers.tripo).toEqual({ key: 't', baseUrl: 'https://openapi.tripo3d.ai/v3' })
})

test('[P46] production takes no Gemini key that is not declared as paid: Google may train on the others', () => {
  const gemini = (GEMINI_TIER?: string) =>
    readConfig({ ...production, GEMINI_API_KEY: 'g', GEMINI_TIER }).providers.gemini
  expect(gemini('paid')).toEqual({ key: 'g', baseUrl: 'https://generativelanguage.googleapis.com/v1beta' })
  for (const tier of ['free', undefined]) expect(() => gemini(tier)).toThrow('GEMINI_TIER must be paid')
  expect(readConfig({ ...production, GEMINI_TIER: 'free' }).providers.gemini).toBeNull()
  expect(readConfig({ GEMINI_API_KEY: 'g', GEMINI_TIER: 'free' }).providers.gemini).not.toBeNull()
})

test('production reaches providers by https only', () => {
  const GEMINI_BASE_URL = 'http://proxy.example.test/v1beta'
  expect(() => readConfig({ ...production, GEMINI_BASE_URL })).toThrow('GEMINI_BASE_URL must be https')
})

test.each([
  ['NODE_ENV', 'test'],
  ['PORT', '65536'],
  ['PORT', '80.5'],
  ['ORIGIN', 'https://mimicit.example.test/path'],
  ['EXTENSION_IDS', 'a'.repeat(31)],
  ['MASTER_KEY', 'short'],
  ['FREE_CREDITS', '-1'],
  ['LOG_LEVEL', 'everything'],
  ['TRUSTED_PROXIES', 'everybody'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['GEMINI_TIER', 'gratis'],
  ['GEMINI_API_KEY', 'two words'],
  ['GEMINI_BASE_URL', 'ftp://example.test'],
  ['GEMINI_BASE_URL', 'https://user:word@example.test'],
  ['LOCAL_READING_URL', 'localhost'],
])('%s=%s stops the start with the name of the variable, and never its value', (name, value) => {
  const start = () => readConfig({ [name]: value })
  expect(start).toThrow(ConfigError)
  expect(start).toThrow(name)
  expect(start).not.toThrow(value)
})
