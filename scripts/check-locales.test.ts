import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

/** A product with a text of every kind. */
const whole: Record<string, string | null> = {
  'package.json': '{ "type": "module" }',
  'wxt.config.ts': "export default { description: '__MSG_about__' }",
  'bff/contract/values.ts': "export const languages = { en: 'English', ja: '日本語' }",
  'extension/public/_locales/en/messages.json': '{ "about": { "message": "About" }, "menu": { "message": "Open" } }',
  'extension/public/_locales/ja/messages.json': '{ "about": { "message": "説明" }, "menu": { "message": "開く" } }',
  'extension/locales/en/panel.json':
    '{ "hello": "Hello {name}", "found.one": "a picture", "found.other": "{count} pictures", "state.done": "Done" }',
  'extension/locales/ja/panel.json': '{ "hello": "{name}さん", "found.other": "{count}枚", "state.done": "完了" }',
  'extension/app/panel.tsx': `const states = ['done']
chrome.i18n.getMessage('menu')
export const Panel = ({ state }) => <p>{t('panel.hello', { name })} {t('panel.found', { count })} {t(\`panel.state.\${state}\`)}</p>`,
  'bff/providers/fine/catalogue.json':
    '[{ "id": "fine", "name": { "en": "Fine", "ja": "ファイン" }, "sizes": [1, null] }]',
  'bff/web/locales/en.ts': "export const en = { 'home.title': 'Home of {name}', 'home.title.text': 'More' }",
  'bff/web/locales/ja.ts': "export const ja = { 'home.title': '{name}のホーム', 'home.title.text': '詳細' }",
  'bff/web/home.ts': `export const home = t => page(t, 'home.title')
const page = (t, key) => t(key, { name: 'Mimicit' }) + t(\`\${key}.text\`)`,
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mimicit-locales-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function check(files: Record<string, string | null>) {
  for (const [path, content] of Object.entries(files)) {
    if (content === null) continue
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const script = join(import.meta.dirname, 'check-locales.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' })
  return { status, said: stderr.trim().split('\n').filter(Boolean), last: stdout.trim() }
}

test('texts that say the same in every language and are all used pass', () => {
  expect(check(whole)).toEqual({ status: 0, said: [], last: 'locales: 17 texts, 0 problems' })
})

test.each<[name: string, planted: typeof whole, said: string[]]>([
  [
    'a text of the panel that one language lacks',
    { 'extension/locales/ja/panel.json': '{ "found.other": "{count}枚", "state.done": "完了" }' },
    ['extension/locales: panel.hello is missing in ja'],
  ],
  [
    'a text of the backend that one language lacks',
    { 'bff/web/locales/ja.ts': "export const ja = { 'home.title.text': '詳細' }" },
    ['bff/web/locales: home.title is missing in ja'],
  ],
  [
    'a text that English lacks',
    {
      'bff/web/locales/ja.ts':
        "export const ja = { 'home.title': '{name}のホーム', 'home.title.text': '詳細', 'home.old': '昔' }",
    },
    ['bff/web/locales: home.old in ja answers to no key in en'],
  ],
  [
    'a gap that is not filled in one language',
    { 'bff/web/locales/ja.ts': "export const ja = { 'home.title': 'ホーム', 'home.title.text': '詳細' }" },
    ['bff/web/locales: home.title has the gaps "" in ja, not "{name}"'],
  ],
  [
    'a plural form that a language needs',
    {
      'bff/contract/values.ts': "export const languages = { en: 'English', ja: '日本語', pl: 'Polski' }",
      'extension/locales/pl/panel.json':
        '{ "hello": "{name}", "found.one": "zdjęcie", "found.few": "{count} zdjęcia", "found.other": "{count} zdjęcia", "state.done": "Gotowe" }',
      'extension/public/_locales/pl/messages.json': '{ "about": { "message": "O" }, "menu": { "message": "Otwórz" } }',
      'bff/providers/fine/catalogue.json':
        '[{ "id": "fine", "name": { "en": "Fine", "ja": "ファイン", "pl": "Fine" } }]',
      'bff/web/locales/pl.ts': "export const pl = { 'home.title': '{name}', 'home.title.text': 'O' }",
    },
    ['extension/locales: panel.found.many is missing in pl'],
  ],
  [
    'a language of the list that has no texts',
    { 'bff/contract/values.ts': "export const languages = { en: 'English', ja: '日本語', fr: 'Français' }" },
    [
      'extension/locales: there is nothing in fr',
      'extension/public/_locales: there is nothing in fr',
      'bff/web/locales: there is nothing in fr',
      'bff/providers/fine/catalogue.json: fine name is missing in fr',
    ],
  ],
  [
    'a language that has texts, but is not in the list',
    { 'bff/contract/values.ts': "export const languages = { en: 'English' }" },
    ['bff/contract/values.ts: ja is not listed'],
  ],
  [
    'a language that one part of the product does not speak',
    {
      'extension/public/_locales/ja/messages.json': null,
      'bff/billing/locales/en.ts': "export const en = { 'pay.now': 'Pay' }",
      'bff/billing/pay.ts': "export const pay = t => t('pay.now')",
    },
    ['extension/public/_locales: there is nothing in ja', 'bff/billing/locales: there is nothing in ja'],
  ],
  [
    'a text that nothing reads',
    { 'extension/app/panel.tsx': `const states = ['done']; t('panel.hello'); t(\`panel.state.\${state}\`); m('menu')` },
    ['extension/locales: panel.found is used nowhere'],
  ],
  [
    'a state that does not exist',
    { 'extension/app/panel.tsx': `t('panel.hello'); t('panel.found'); t(\`panel.state.\${state}\`); m('menu')` },
    ['extension/locales: panel.state.done is used nowhere'],
  ],
  [
    'a text of the backend that only the panel names',
    { 'bff/web/home.ts': '', 'extension/app/other.ts': "t('home.title')" },
    ['bff/web/locales: home.title is used nowhere', 'bff/web/locales: home.title.text is used nowhere'],
  ],
  [
    'an explanation that nothing adds to its text',
    { 'bff/web/home.ts': "export const home = t => t('home.title')" },
    ['bff/web/locales: home.title.text is used nowhere'],
  ],
  [
    'a text of Chrome’s menus that nothing reads',
    { 'wxt.config.ts': 'export default {}' },
    ['extension/public/_locales: about is used nowhere'],
  ],
  [
    'a text about a model that one language lacks',
    {
      'bff/providers/fine/catalogue.json':
        '[{ "id": "fine", "name": { "en": "Fine" }, "note": { "en": "A", "ja": "" } }]',
    },
    [
      'bff/providers/fine/catalogue.json: fine name is missing in ja',
      'bff/providers/fine/catalogue.json: fine note is missing in ja',
    ],
  ],
  [
    'an empty text',
    { 'extension/public/_locales/ja/messages.json': '{ "about": { "message": " " }, "menu": { "message": "開く" } }' },
    ['extension/public/_locales/ja/messages.json: about is empty'],
  ],
  [
    'texts that are not where they are looked for',
    { 'bff/web/locales/en.ts': null, 'bff/web/locales/ja.ts': null },
    ['bff/**/locales/*.ts: there are no such files, so these texts cannot be checked'],
  ],
])('%s fails', (_, planted, said) => {
  const { status, said: heard, last } = check({ ...whole, ...planted })
  expect(heard).toEqual(said)
  expect([status, last]).toEqual([1, expect.stringContaining(`${said.length} problem`)])
})
