import type { CDPSession, Page, WebWorker } from 'puppeteer'

export interface Sent {
  method: string
  url: string
  /** As they went out, cookies included. */
  headers: Record<string, string>
}

/** What the panel and the service worker ask over http from now on, as Chrome's network stack sees it. */
export async function watchSent(panel: Page, worker: WebWorker): Promise<{ all(): Sent[]; forget(): void }> {
  let sent: Sent[] = []

  async function watch(session: CDPSession) {
    const requests = new Map<string, Pick<Sent, 'method' | 'url'>>()
    const headers = new Map<string, Record<string, string>>()
    const join = (id: string) => {
      const [request, sentHeaders] = [requests.get(id), headers.get(id)]
      if (!request || !sentHeaders) return
      sent.push({ ...request, headers: sentHeaders })
      requests.delete(id)
      headers.delete(id)
    }
    session.on('Network.requestWillBeSent', ({ requestId, request }) => {
      if (!request.url.startsWith('http')) return
      requests.set(requestId, { method: request.method, url: request.url })
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
