import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import puppeteer, { type Page, type WebWorker } from 'puppeteer'
import { findChromium } from '../../.ci/chromium.mjs'
import type { Figure } from '../../.ci/figure.ts'
import { buildExtension } from '../../.ci/processes.ts'
import { pickingPort } from '../platform/messages.ts'

const budget = 4 * 1024
const rounds = 15

/** A 1 × 1 GIF: what is measured is the listing, not the loading. */
const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
const longPage = `<!doctype html><style>div { display: inline-block }</style>${`<div><a href="#"><img src="${dot}" width="100" height="100"></a></div>`.repeat(10_000)}`

/** What every page pays (the script's size), and how long a page of 10,000 pictures takes to tell the panel what is seen. */
export async function benchPicking(): Promise<Figure[]> {
  const work = mkdtempSync(join(tmpdir(), 'mimicit-bench-'))
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(longPage))
  const extension = await buildExtension('http://localhost:1', work)
  const executablePath = await findChromium()
  const browser = await puppeteer.launch({
    ...(executablePath && { executablePath }),
    headless: true,
    pipe: true,
    enableExtensions: [extension],
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--window-size=1280,900'],
  })
  try {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const target = await browser.waitForTarget(found => found.type() === 'service_worker')
    const worker = await target.worker()
    if (!worker) throw new Error('The service worker has no debugger.')
    const page = await browser.newPage()
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}`)
    await page.bringToFront()
    return [sizeOf(join(extension, 'content-scripts/picker.js')), ...(await listingTimes(page, worker))]
  } finally {
    await browser.close()
    server.close()
    rmSync(work, { recursive: true, force: true })
  }
}

function sizeOf(script: string): Figure {
  const value = gzipSync(readFileSync(script), { level: 9 }).length
  return {
    name: 'content script, gzipped',
    value,
    unit: 'B',
    against: '4 KB',
    ratio: value / budget,
    goal: 'at most 1',
  }
}

async function listingTimes(page: Page, worker: WebWorker): Promise<Figure[]> {
  const bare: number[] = []
  const first: number[] = []
  const again: number[] = []
  for (let round = 0; round < rounds; round++) {
    bare.push(await bareLoop(page))
    const times = await askTwice(worker)
    first.push(times.first)
    again.push(times.again)
  }
  const against = 'querySelectorAll + rects, no messages'
  const row = (name: string, times: number[], goal: string): Figure => ({
    name,
    value: median(times),
    unit: 'ms',
    against,
    ratio: median(times) / median(bare),
    goal,
  })
  return [
    row('10,000 pictures: first list at the panel', first, 'at most 5'),
    row('10,000 pictures: the next lists', again, 'at most 2'),
  ]
}

/** The least that any list costs: find every <img> and ask where it is. */
async function bareLoop(page: Page): Promise<number> {
  const [world] = page.extensionRealms()
  if (!world) throw new Error('The content script is not in the page.')
  return world.evaluate(() => {
    const start = performance.now()
    let width = 0
    for (const image of document.querySelectorAll('img')) width += image.getBoundingClientRect().width
    if (width === 0) throw new Error('Nothing is laid out.')
    return performance.now() - start
  })
}

/** Times from the question to the list, on a new port, as the panel would wait for them. */
function askTwice(worker: WebWorker): Promise<{ first: number; again: number }> {
  return worker.evaluate(async name => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
    const port = chrome.tabs.connect(tab?.id ?? 0, { name })
    const ask = () =>
      new Promise<number>(resolve => {
        const start = performance.now()
        const listener = () => {
          port.onMessage.removeListener(listener)
          resolve(performance.now() - start)
        }
        port.onMessage.addListener(listener)
        port.postMessage({ type: 'list' })
      })
    const times = { first: await ask(), again: await ask() }
    port.disconnect()
    return times
  }, pickingPort)
}

const median = (times: readonly number[]) => [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN
