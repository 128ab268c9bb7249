/** `npm start`: builds the extension, starts the backend, and opens a browser with both on the sample page. */
import { join } from 'node:path'
import puppeteer from 'puppeteer'
import { startSampleSite } from '../extension/sample/server.ts'
import { findChromium } from './chromium.mjs'
import { buildExtension, root, startBackend } from './processes.ts'

const origin = `http://localhost:${process.env.PORT ?? '8787'}`
const [extension, backend, sample] = await Promise.all([
  buildExtension(origin),
  startBackend({ LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' }),
  startSampleSite({ port: 8788, crossPort: 8789 }),
]).catch(error => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})

console.log(`Backend      ${backend.origin}   (API: ${backend.origin}/docs)`)
console.log(`Sample page  ${sample.url}`)
console.log(`Extension    ${extension}`)

const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
const browser = hasDisplay ? await openBrowser() : null
if (!browser) console.log('\nThere is no display here. `npm run demo` walks the whole job in a headless browser.')
else console.log('\nClick the Mimicit icon in the toolbar (the puzzle piece lists it), or right-click a picture.')
console.log('Ctrl+C stops everything.')

async function openBrowser() {
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
  await page?.goto(sample.url)
  opened.once('disconnected', () => void stop())
  return opened
}

let stopping = false
async function stop() {
  if (stopping) return
  stopping = true
  await browser?.close().catch(() => {})
  await Promise.all([backend.stop(), sample.close()])
  process.exit(0)
}
process.once('SIGINT', () => void stop())
process.once('SIGTERM', () => void stop())
backend.process.once('exit', code => {
  if (stopping) return
  console.error(`The backend ended with code ${code}.`)
  void stop()
})
