import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { languageOf, textsOf } from './language.ts'
import { en } from './locales/en.ts'
import { ja } from './locales/ja.ts'

const request = (acceptLanguage?: string, cookie?: string) =>
  ({
    cookies: { 'mimicit-locale': cookie },
    headers: { 'accept-language': acceptLanguage },
  }) as unknown as FastifyRequest

test('both languages have the same texts with the same places to fill', () => {
  expect(Object.keys(ja)).toEqual(Object.keys(en))
  const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    expect([key, places(ja[key])]).toEqual([key, places(en[key])])
    expect(ja[key].trim()).not.toBe('')
  }
})

test('no text is a leftover', async () => {
  const { globSync, readFileSync } = await import('node:fs')
  const files = globSync('{web,identity}/**/*.ts', { cwd: `${import.meta.dirname}/..` })
  const code = files
    .filter(file => !/locales|\.test\.ts$/.test(file))
    .map(file => readFileSync(`${import.meta.dirname}/../${file}`, 'utf8'))
    .join('\n')
  const composed = /^(problem|handover|home\.with|welcome\.age|account\.place)\./
  for (const key of Object.keys(en)) if (!composed.test(key)) expect(code).toContain(`'${key}'`)
})

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

test('[P26] the chosen language comes before the browser’s, and only known ones count', () => {
  expect(languageOf(request('en', 'ja'))).toBe('ja')
  for (const cookie of ['fr', 'toString', '']) expect(languageOf(request('ja', cookie))).toBe('ja')
})

test('places in a text are filled', () => {
  expect(textsOf('en')('home.signed-in', { name: 'Ada' })).toBe('You are signed in as Ada.')
})
