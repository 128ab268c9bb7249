import { join } from 'node:path'
import { defineConfig } from 'wxt'

/** The web app the extension talks to: the only setting that differs between builds. */
const origin = process.env.MIMICIT_ORIGIN ?? 'http://localhost:8787'
const url = new URL(origin)
const isLocal = url.hostname === 'localhost'
const hostPattern = isLocal ? `${origin}/*` : 'https://*.mimicit.app/*'

/** Public half of the development key: gives unpacked builds the same id on every machine. */
const developmentKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmUXOZGKObRLiADutoSgqlZ0jrEhrQIPw7IPkL10gBpTBATLfVUEZk9Uwp/WxPKFFsOQfpxykqa7r4E+dojsp+FzVKmoZdkni9UxsdHhksPSVN8n4rb7CsiYAoPLcwR+6hMxTKnX1V130lhF6MHSfGPO3m0pWxHHlovbd3pxaDcvFFYkL5kWcApi15ctjKVw/S2gl0PIG1tLbFUTeq8o9b84/C6pFDy7+NCT9EOaLxhT3xutBaNHQPHgNIc5ku3SJ8XmmYAfJWs/UIlhU08/VUfutyfC/He2ShPRCyv4eTAbxUuYvPMwgJIDzbhvHCPX/8mqs6B4RvfvhPmHT6+SmUQIDAQAB'

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  outDir: process.env.MIMICIT_OUT_DIR ?? '.output',
  modules: ['@wxt-dev/module-react'],
  imports: false,
  vite: () => ({
    define: { __MIMICIT_ORIGIN__: JSON.stringify(origin) },
    // WXT's own word about a crash at start; in a package it prints nothing and would only weigh on every page.
    build: { rolldownOptions: { treeshake: { manualPureFunctions: ['logger'] } } },
    resolve: {
      alias: { 'wxt/utils/content-script-context': join(import.meta.dirname, 'extension/picking/page/context.ts') },
    },
  }),
  manifest: {
    name: '__MSG_name__',
    description: '__MSG_description__',
    default_locale: 'en',
    // light-dark() in the tokens of the look.
    minimum_chrome_version: '123',
    permissions: ['storage', 'activeTab', 'contextMenus', 'sidePanel'],
    host_permissions: [hostPattern],
    externally_connectable: { matches: [hostPattern] },
    action: { default_title: '__MSG_open__' },
    side_panel: { default_path: 'sidepanel.html' },
    // Reading a picked picture is a fetch from the panel to the picture's own address, so connect-src cannot be the backend alone.
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src https: http: data: blob:",
    },
    ...(isLocal && { key: developmentKey }),
  },
  hooks: {
    'zip:start': () => {
      // One origin, and one that the declared host permission covers: anything else could be packed, and reach nobody.
      const isOurs = url.hostname === 'mimicit.app' || url.hostname.endsWith('.mimicit.app')
      if (url.protocol !== 'https:' || url.port !== '' || url.origin !== origin || !isOurs)
        throw new Error('The store package must be built for the real web app: set MIMICIT_ORIGIN=https://mimicit.app')
    },
  },
})
