import type { CDPSession, Page, Realm } from 'puppeteer'
import { extensionBase } from '../fixtures/browser.ts'
import { hangLimit } from '../pages/wait.ts'

/** The content script's own world in the top frame. */
export function contentScriptWorld(page: Page): Realm {
  const [world] = page.extensionRealms()
  if (!world) throw new Error('The content script is not in the page.')
  return world
}

/** The same, looked at by the debugger, which leaves no trace in it. */
async function enter(page: Page): Promise<{ debug: CDPSession; contextId: number }> {
  const debug = await page.createCDPSession()
  const found = new Promise<number>((resolve, reject) => {
    debug.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.origin === extensionBase) resolve(context.id)
    })
    setTimeout(() => reject(new Error('The content script has no world in this page.')), hangLimit).unref()
  })
  await debug.send('Runtime.enable')
  return { debug, contextId: await found }
}

/** Types of all listeners the content script has on the window and the document. */
export async function listenersInPage(page: Page): Promise<string[]> {
  const { debug, contextId } = await enter(page)
  const types: string[] = []
  for (const expression of ['window', 'document']) {
    const { result } = await debug.send('Runtime.evaluate', { expression, contextId })
    if (!result.objectId) continue
    const { listeners } = await debug.send('DOMDebugger.getEventListeners', { objectId: result.objectId })
    types.push(...listeners.map(({ type }) => `${expression} ${type}`))
  }
  await debug.detach()
  return types
}
