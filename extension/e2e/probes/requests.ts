import type { CDPSession, Page, WebWorker } from 'puppeteer'

export interface Sent {
  url: string
  /** As they went out, cookies included. */
  headers: Record<string, string>
}

/** What the panel and the service worker ask over http from now on, as Chrome's network stack sees it. */
export async function watchSent(panel: Page, worker: WebWorker): Promise<{ all(): Sent[]; forget(): void }> {
  let sent: Sent[] = []

  async function watch(session: CDPSession) {
    const urls = new Map<string, string>()
    const headers = new Map<string, Record<string, string>>()
    const join = (id: string) => {
      const [url, sentHeaders] = [urls.get(id), headers.get(id)]
      if (!url || !sentHeaders) return
      sent.push({ url, headers: sentHeaders })
      urls.delete(id)
      headers.delete(id)
    }
    session.on('Network.requestWillBeSent', ({ requestId, request }) => {
      if (!request.url.startsWith('http')) return
      urls.set(requestId, request.url)
      join(requestId)
    })
    session.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers: raw }) => {
      const lower = Object.entries(raw).map(([name, value]) => [name.toLowerCase(), value])
      headers.set(requestId, Object.fromEntries(lower))
      join(requestId)
    })
    await session.send('Network.enable')
  }

  await Promise.all([watch(await panel.createCDPSession()), watch(worker.client)])
  return {
    all: () => [...sent],
    forget() {
      sent = []
    },
  }
}
