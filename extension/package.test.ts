import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseSync, Visitor } from 'oxc-parser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { developmentExtensionId } from '../bff/config/config.ts'
import { buildExtension, root } from '../scripts/processes.ts'

const work = mkdtempSync(join(tmpdir(), 'mimicit-package-'))
const store = { folder: '', manifest: {} as chrome.runtime.ManifestV3 }
const local = { folder: '', manifest: {} as chrome.runtime.ManifestV3 }

beforeAll(async () => {
  for (const [build, origin] of [
    [store, 'https://mimicit.app'],
    [local, 'http://localhost:8787'],
  ] as const) {
    build.folder = await buildExtension(origin, join(work, new URL(origin).hostname))
    build.manifest = JSON.parse(readFileSync(join(build.folder, 'manifest.json'), 'utf8'))
  }
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

const permissions = ['activeTab', 'contextMenus', 'sidePanel', 'storage']

describe('the manifest of the store package', () => {
  test('[P1] asks for four permissions and nothing else', () => {
    expect(store.manifest.permissions?.toSorted()).toEqual(permissions)
    expect(store.manifest.optional_permissions).toBeUndefined()
    expect(store.manifest.optional_host_permissions).toBeUndefined()
  })

  const pack = (origin: string) => {
    const packed = spawnSync(process.execPath, [join(root, 'node_modules/wxt/bin/wxt.mjs'), 'zip'], {
      cwd: root,
      env: { ...process.env, MIMICIT_ORIGIN: origin, MIMICIT_OUT_DIR: join(work, 'zip') },
      encoding: 'utf8',
    })
    return {
      status: packed.status,
      said: packed.stdout + packed.stderr,
      files: globSync('zip/**/*.zip', { cwd: work }),
    }
  }

  test('[P2] names one host; a local build names only itself, and cannot be packed for the store', () => {
    expect(store.manifest.host_permissions).toEqual(['https://*.mimicit.app/*'])
    expect(local.manifest.host_permissions).toEqual(['http://localhost:8787/*'])
    const { status, said, files } = pack('http://localhost:8787')
    expect(status).not.toBe(0)
    expect(said).toContain('MIMICIT_ORIGIN')
    expect(files).toEqual([])
  })

  test.each([
    'https://other.example',
    'https://mimicit.app.other.example',
    'http://mimicit.app',
    'https://mimicit.app:8443',
    'https://mimicit.app/path',
  ])('[C130] is not packed for %s', origin => {
    const { status, said, files } = pack(origin)
    expect(status).not.toBe(0)
    expect(said).toContain('MIMICIT_ORIGIN')
    expect(files).toEqual([])
  })

  test('has exactly one content script', () => {
    expect(store.manifest.content_scripts?.map(script => script.js)).toEqual([['content-scripts/picker.js']])
  })

  test('[P14] lets only the web app send messages', () => {
    expect(store.manifest.externally_connectable).toEqual({ matches: ['https://*.mimicit.app/*'] })
  })

  test('opens the side panel', () => {
    expect(store.manifest.side_panel?.default_path).toBe('sidepanel.html')
  })

  test('has a fixed id in development only', () => {
    expect(local.manifest.key).toBeDefined()
    expect(store.manifest.key).toBeUndefined()
    expect(developmentExtensionId).toMatch(/^[a-p]{32}$/)
  })

  test('carries its names in both languages', () => {
    for (const language of ['en', 'ja']) {
      const messages = JSON.parse(readFileSync(join(store.folder, `_locales/${language}/messages.json`), 'utf8'))
      expect(Object.keys(messages)).toEqual(expect.arrayContaining(['name', 'description', 'open']))
    }
  })
})

/** Where a script runs text as code, or loads code from an address that is not in the package. */
function codeFromElsewhere(name: string, code: string): string[] {
  const found: string[] = []
  const isCalled = (callee: { type: string }, ...names: string[]) =>
    callee.type === 'Identifier' && names.includes((callee as { name?: string }).name ?? '')
  new Visitor({
    CallExpression({ callee, start, end }) {
      if (isCalled(callee, 'eval', 'Function', 'importScripts')) found.push(code.slice(start, end))
    },
    NewExpression({ callee, start, end }) {
      const made = code.slice(start, end)
      const isOurs = /^new Worker\(new URL\(`\/assets\/[\w.-]+`,``\+self\.location\.href\)/.test(made)
      if (isCalled(callee, 'Function', 'Worker', 'SharedWorker') && !isOurs) found.push(made)
    },
    ImportExpression({ source, start, end }) {
      if (source.type !== 'Literal' || /^\w+:|^\/\//.test(String(source.value))) found.push(code.slice(start, end))
    },
    ImportDeclaration({ source }) {
      if (/^\w+:|^\/\//.test(source.value)) found.push(source.value)
    },
  }).visit(parseSync(name, code).program)
  return found
}

describe('what the package runs', () => {
  const scripts = () =>
    globSync('**/*.js', { cwd: store.folder }).map(name => ({
      name,
      code: readFileSync(join(store.folder, name), 'utf8'),
    }))

  test('[P9] is only what is in it', () => {
    expect(store.manifest.content_security_policy).toEqual({
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src https: http: data: blob:",
    })
    for (const { name, code } of scripts()) expect([name, codeFromElsewhere(name, code)]).toEqual([name, []])
    for (const page of globSync('**/*.html', { cwd: store.folder }))
      expect(readFileSync(join(store.folder, page), 'utf8')).not.toMatch(/<script(?![^>]*\ssrc="\/)/)
  })

  test('the content script is small, and reads nothing of a page but pictures', () => {
    const code = readFileSync(join(store.folder, 'content-scripts/picker.js'))
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(4 * 1024)
    expect(code.toString()).not.toMatch(
      /\.cookie\b|localStorage|sessionStorage|indexedDB|innerText|textContent|innerHTML|location\.href|document\.title|navigator\.clipboard|input|textarea/,
    )
  })

  test('[C97] the worker listens to the web app alone: nothing of the extension or of a page can tell it anything else', () => {
    const [worker] = scripts().filter(({ name }) => name === 'background.js')
    const ears: string[] = []
    new Visitor({
      MemberExpression({ object, property }) {
        if (property.type !== 'Identifier' || property.name !== 'addListener') return
        ears.push(worker!.code.slice(object.start, object.end).replace(/\[\w+\]/, '[area]'))
      },
    }).visit(parseSync(worker!.name, worker!.code).program)
    expect(ears.toSorted()).toEqual([
      'chrome.action.onClicked',
      'chrome.contextMenus.onClicked',
      'chrome.runtime.onInstalled',
      'chrome.runtime.onMessageExternal',
      'chrome.storage[area].onChanged',
      'chrome.tabs.onRemoved',
    ])
  })

  test('captures the screen at one place only, which is not the worker', () => {
    const places = scripts().flatMap(({ name, code }) => (code.match(/captureVisibleTab/g) ?? []).map(() => name))
    expect(places).toEqual([expect.stringContaining('sidepanel')])
  })

  test('[P11] nothing is kept where Chrome does not clear it: no account of the browser, no storage of a page', () => {
    for (const { name, code } of scripts()) {
      expect([name, /storage\.(sync|managed)\b|\bcookieStore\b|document\.cookie/.test(code)]).toEqual([name, false])
      if (name.startsWith('content-scripts/'))
        expect([name, /localStorage|sessionStorage|indexedDB|\bcaches\b/.test(code)]).toEqual([name, false])
    }
  })
})

test('every permission has its reason and its call site', () => {
  const page = readFileSync(join(root, 'docs/permissions.md'), 'utf8')
  const rows = [...page.matchAll(/^\| `(\w+)` \|.*`(extension\/[^`]+)` \|$/gm)]
  expect(rows.map(([, name]) => name).toSorted()).toEqual(permissions)
  const calls: Record<string, string> = {
    storage: 'chrome.storage',
    activeTab: 'chrome.tabs.captureVisibleTab',
    contextMenus: 'chrome.contextMenus',
    sidePanel: 'chrome.sidePanel',
  }
  for (const [, name = '', file = ''] of rows)
    expect(readFileSync(join(root, file), 'utf8'), `${name} in ${file}`).toContain(calls[name])
})

test('[P44] nothing is installed that advertises or counts people', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: object }
  const names = Object.keys(packages)
  expect(names.length).toBeGreaterThan(100)
  const known =
    /(^|\/)(@?(google-)?analytics|gtag|@?segment|mixpanel|amplitude|posthog|matomo|plausible|umami|hotjar|fullstory|heap|clarity|@?sentry|@?datadog|newrelic|@?rudderstack|@?snowplow|@?vercel\/analytics|doubleclick|adsense|prebid|admob|criteo|taboola|outbrain|facebook-pixel|branch-sdk)([/.-]|$)/
  expect(names.filter(name => known.test(name.replace(/^.*node_modules\//, '')))).toEqual([])
})
