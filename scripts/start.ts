/**
 * `npm start`: starts the backend, builds the extension for the address it has, and opens a browser with both on the
 * sample page. Reads .env, as no other command does: what a person sets there is for their own use, not for tests.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import puppeteer, { type Browser } from 'puppeteer'
import { startSampleSite } from '../extension/sample/server.ts'
import { findChromium } from './chromium.mjs'
import { startOnPort } from './ports.ts'
import { type Backend, buildExtension, root, spawnBackend } from './processes.ts'

if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'))

let backend: Backend | undefined
let sample: Awaited<ReturnType<typeof startSampleSite>> | undefined
let browser: Browser | undefined
const building = new AbortController()

let stopping = false
async function stop(code = 0): Promise<void> {
  if (stopping) return
  stopping = true
  building.abort()
  await browser?.close().catch(() => {})
  await Promise.all([backend?.stop(), sample?.close()])
  process.exit(code)
}
process.once('SIGINT', () => void stop())
process.once('SIGTERM', () => void stop())

try {
  const { origin } = await startBackend()
  const site = await startSample()
  const extension = await buildExtension(origin, process.env.MIMICIT_OUT_DIR, building.signal)
  console.log(`Backend      ${origin}   (API: ${origin}/docs)`)
  console.log(`Sample page  ${site.url}`)
  console.log(`Extension    ${extension}`)
  if (hasDisplay()) {
    browser = await openBrowser(extension, site.url)
    console.log('\nClick the Mimicit icon in the toolbar (the puzzle piece lists it), or right-click a picture.')
  } else console.log('\nThere is no display here. `npm run demo` walks the whole job in a headless browser.')
  console.log('Ctrl+C stops everything.')
} catch (error) {
  if (!stopping) console.error(error instanceof Error ? error.message : error)
  await stop(1)
}

/** An address set by hand stands: something in front of the backend, or Google's sign-in, knows it by that. */
async function startBackend(): Promise<{ origin: string }> {
  const fixed = process.env.ORIGIN ? (process.env.PORT ?? '8787') : process.env.PORT
  const wanted = { name: 'PORT', set: fixed, usual: 8787, moved: backendMoved }
  const started = await startOnPort(wanted, async port => {
    const spawned = spawnBackend({ PORT: String(port), LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' })
    backend = spawned
    await spawned.ready
    return spawned
  })
  started.process.once('exit', () => void backendEnded(started))
  return { origin: process.env.ORIGIN ?? started.origin }
}

function backendMoved(port: number): void {
  console.log(`Port 8787 is taken: the backend listens on ${port} instead. PORT sets another one.`)
  if (process.env.GOOGLE_CLIENT_ID)
    console.log(`Google must know http://localhost:${port}/sign-in/callback, else nobody can sign in.`)
}

async function backendEnded(ended: Backend): Promise<void> {
  if (!stopping) console.error(ended.lastWords() || 'The backend ended.')
  await stop(1)
}

async function startSample() {
  const moved = (name: string) => (port: number) =>
    console.log(`The sample page uses port ${port}. ${name} sets another.`)
  const page = { name: 'SAMPLE_PORT', usual: 8788, moved: moved('SAMPLE_PORT') }
  const cross = { name: 'SAMPLE_CROSS_PORT', usual: 8789, moved: moved('SAMPLE_CROSS_PORT') }
  sample = await startOnPort(cross, crossPort => startOnPort(page, port => startSampleSite({ port, crossPort })))
  return sample
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
    userDataDir: resolve(root, process.env.DATA_DIR ?? '.data', 'browser'),
    defaultViewport: null,
    ignoreDefaultArgs: ['--enable-automation'],
    args: ['--no-first-run', '--test-type', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
  const [page] = await opened.pages()
  await page?.goto(url)
  opened.once('disconnected', () => void stop())
  return opened
}
