import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { languageOf, textsOf } from './language.ts'

const request = (acceptLanguage?: string, cookie?: string) =>
  ({
    cookies: { 'mimicit-locale': cookie },
    headers: { 'accept-language': acceptLanguage },
  }) as unknown as FastifyRequest

test.each([
  [undefined, 'en'],
  ['ja', 'ja'],
  ['ja-JP,en;q=0.8', 'ja'],
  ['en;q=0.5, ja;q=0.9', 'ja'],
  ['fr-FR,fr;q=0.9,ja;q=0.2,en;q=0.1', 'ja'],
  ['ja;q=0,en', 'en'],
  ['de', 'en'],
  ['constructor;q=x,,;;', 'en'],
])('a browser that asks for %j gets %s', (header, language) => expect(languageOf(request(header))).toBe(language))

test('the chosen language comes before the browser’s, and only known ones count', () => {
  expect(languageOf(request('en', 'ja'))).toBe('ja')
  for (const cookie of ['fr', 'toString', '']) expect(languageOf(request('ja', cookie))).toBe('ja')
})

test('places in a text are filled', () => {
  expect(textsOf('en')('home.signed-in', { name: 'Ada' })).toBe('You are signed in as Ada.')
})
