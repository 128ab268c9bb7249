import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { developmentExtensionId } from '../../bff/config/config.ts'
import { launchBrowser, type TestBrowser } from './fixtures/browser.ts'

/** Answers every address with an empty page, as the web app's own origin and as any other. */
const server = createServer((_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<p>a page</p>'))
let port: number
let chromium: TestBrowser

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, resolve))
  port = (server.address() as AddressInfo).port
  chromium = await launchBrowser({ origin: `http://localhost:${port}` })
})
afterAll(async () => {
  await chromium?.close()
  server.close()
})

/** What a page at this address can say to the extension, and what of it is heard. */
async function sayFrom(origin: string) {
  const worker = await chromium.worker()
  await worker.evaluate(() => {
    const heard: unknown[] = []
    chrome.runtime.onMessageExternal.addListener(message => void heard.push(message))
    chrome.runtime.onMessage.addListener(message => void heard.push(message))
    Object.assign(globalThis, { heard })
  })
  const page = await chromium.openPage(`${origin}/`)
  const said = await page.evaluate(async (id: string) => {
    const { runtime } = (globalThis as { chrome?: { runtime?: typeof chrome.runtime } }).chrome ?? {}
    if (!runtime?.sendMessage) return 'no channel'
    return runtime.sendMessage(id, { type: 'credits-updated' }).then(
      () => 'sent',
      () => 'refused',
    )
  }, developmentExtensionId)
  await page.close()
  return { said, heard: await worker.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard) }
}

test('[P16] a page of another origin has no channel to the extension; the web app has', async () => {
  for (const origin of [`http://127.0.0.1:${port}`, `http://other.localhost:${port}`])
    expect([origin, await sayFrom(origin)]).toEqual([origin, { said: 'no channel', heard: [] }])
  const own = await sayFrom(`http://localhost:${port}`)
  expect(own.said).not.toBe('no channel')
  expect(own.heard).toContainEqual({ type: 'credits-updated' })
})
