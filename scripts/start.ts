/** `npm start`: builds the extension, starts the backend, and opens a browser with both on the sample page. */
import { join } from 'node:path'
import puppeteer, { type Browser } from 'puppeteer'
import { startSampleSite } from '../extension/sample/server.ts'
import { findChromium } from './chromium.mjs'
import { buildExtension, root, spawnBackend } from './processes.ts'

const origin = `http://localhost:${process.env.PORT ?? '8787'}`
const backend = spawnBackend({ LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' })
let sample: Awaited<ReturnType<typeof startSampleSite>> | undefined
let browser: Browser | undefined

let stopping = false
async function stop(code = 0): Promise<void> {
  if (stopping) return
  stopping = true
  await browser?.close().catch(() => {})
  await Promise.all([backend.stop(), sample?.close()])
  process.exit(code)
}
process.once('SIGINT', () => void stop())
process.once('SIGTERM', () => void stop())

try {
  const [extension, site] = await Promise.all([
    buildExtension(origin),
    startSampleSite({ port: 8788, crossPort: 8789 }),
    backend.ready,
  ])
  sample = site
  backend.process.once('exit', backendEnded)
  // Another backend may have answered in its place.
  if (backend.process.exitCode !== null) await backendEnded()
  console.log(`Backend      ${backend.origin}   (API: ${backend.origin}/docs)`)
  console.log(`Sample page  ${site.url}`)
  console.log(`Extension    ${extension}`)
  if (hasDisplay()) {
    browser = await openBrowser(extension, site.url)
    console.log('\nClick the Mimicit icon in the toolbar (the puzzle piece lists it), or right-click a picture.')
  } else console.log('\nThere is no display here. `npm run demo` walks the whole job in a headless browser.')
  console.log('Ctrl+C stops everything.')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await stop(1)
}

async function backendEnded(): Promise<void> {
  if (!stopping) console.error(backend.lastWords() || 'The backend ended.')
  await stop(1)
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
}

async function openBrowser(extension: string, url: string): Promise<Browser> {
  const executablePath = await findChromium()
  const opened = await puppeteer.launch({
    ...(executablePath && { executablePath }),
    headless: false,
    pipe: true,
    enableExtensions: [extension],
    userDataDir: join(root, '.data', 'browser'),
    defaultViewport: null,
    ignoreDefaultArgs: ['--enable-automation'],
    args: ['--no-first-run', '--test-type', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
  const [page] = await opened.pages()
  await page?.goto(url)
  opened.once('disconnected', () => void stop())
  return opened
}
