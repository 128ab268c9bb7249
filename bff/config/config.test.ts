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

test('proxies that may say where a request comes from are named one by one', () => {
  const trusted = (TRUSTED_PROXIES: string) => readConfig({ TRUSTED_PROXIES }).trustedProxies
  expect(trusted('127.0.0.1,10.0.0.0/8,::1')).toEqual(['127.0.0.1', '10.0.0.0/8', '::1'])
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
])('%s=%s stops the start with the name of the variable, and never its value', (name, value) => {
  const start = () => readConfig({ [name]: value })
  expect(start).toThrow(ConfigError)
  expect(start).toThrow(name)
  expect(start).not.toThrow(value)
})
