import { expect, test } from 'vitest'
import { checkHost, hostsOf, reaches } from './hosts.ts'

const reached = (host: string, url: string) => reaches({ host }, new URL(url))

test.each([
  ['api.openai.com', 'https://api.openai.com/v1/images/generations'],
  ['*.fal.media', 'https://v3b.fal.media/files/a.png?x=1'],
  ['*.fal.media', 'https://a.b.fal.media/'],
])('%s reaches %s', (host, url) => {
  expect(reached(host, url)).toBe(true)
})

test.each([
  ['a decimal address', 'https://2130706433/'],
  ['an octal address', 'https://0177.0.0.1/'],
  ['a hexadecimal address', 'https://0x7f.0.0.1/'],
  ['an address of IPv6', 'https://[::ffff:7f00:1]/'],
  ['a file', 'file:///etc/passwd'],
  ['data', 'data:text/plain,x'],
  ['http', 'http://v3.fal.media/a.png'],
  ['another port', 'https://v3.fal.media:8443/a.png'],
  ['a name and password', 'https://user:secret@v3.fal.media/a.png'],
  ['a name alone', 'https://user@v3.fal.media/a.png'],
  ['a password alone', 'https://:secret@v3.fal.media/a.png'],
  ['the name as a user', 'https://v3.fal.media@evil.example/a.png'],
  ['a longer name', 'https://v3.fal.media.evil.example/a.png'],
  ['a name that only ends alike', 'https://evilfal.media/a.png'],
  ['the bare name', 'https://fal.media/a.png'],
  ['a trailing dot', 'https://v3.fal.media./a.png'],
  ['a letter that only looks alike', 'https://v3.fаl.media/a.png'],
])('%s is not reached by *.fal.media', (_what, url) => {
  expect(reached('*.fal.media', url)).toBe(false)
})

test('a base URL of the settings is reached with exactly its scheme, host and port', () => {
  const allowed = { base: 'http://127.0.0.1:7860/v1' }
  expect(reaches(allowed, new URL('http://127.0.0.1:7860/v1/images/edits'))).toBe(true)
  for (const other of ['https://127.0.0.1:7860/', 'http://127.0.0.1:7861/', 'http://localhost:7860/'])
    expect(reaches(allowed, new URL(other)), other).toBe(false)
  expect(reaches(allowed, new URL('http://a:b@127.0.0.1:7860/v1'))).toBe(false)
})

test('a provider reaches its own hosts, and elsewhere only what the operator wrote', () => {
  expect(hostsOf(['api.openai.com'], ['https://api.openai.com/v1'])).toEqual([{ host: 'api.openai.com' }])
  expect(hostsOf(['api.openai.com'], ['http://127.0.0.1:9999/v1'])).toEqual([
    { host: 'api.openai.com' },
    { base: 'http://127.0.0.1:9999/v1' },
  ])
})

test('hosts are names, not addresses', () => {
  for (const host of ['api.openai.com', '*.fal.media']) expect(() => checkHost({ host }), host).not.toThrow()
  for (const host of ['127.0.0.1', '*', '*.com.', 'https://a.example', 'localhost', ''])
    expect(() => checkHost({ host }), host).toThrow(TypeError)
  expect(() => checkHost({ base: 'ftp://a.example' })).toThrow(TypeError)
})
