import type { Page } from 'puppeteer'

export interface Heap {
  /** Bytes that scripts of the page's process hold, the extension's among them. */
  used: number
  documents: number
  nodes: number
  listeners: number
}

/** What is left in a page's process when everything that can be freed is freed. */
export async function heapAfterGc(page: Page): Promise<Heap> {
  const debug = await page.createCDPSession()
  await debug.send('HeapProfiler.enable')
  // What is freed the first time may have held something else.
  for (let round = 0; round < 3; round++) await debug.send('HeapProfiler.collectGarbage')
  const { documents, nodes, jsEventListeners } = await debug.send('Memory.getDOMCounters')
  const { usedSize } = await debug.send('Runtime.getHeapUsage')
  await debug.detach()
  return { used: usedSize, documents, nodes, listeners: jsEventListeners }
}
