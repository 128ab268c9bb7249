import type { PanelToPage } from '../../protocol.ts'

export const tabId = 5

/** Chrome's side of a tab: ports that the test answers, and pages that load. */
export function fakeTabs() {
  type Listener<T extends unknown[]> = (...args: T) => void
  const event = <T extends unknown[]>() => {
    const listeners = new Set<Listener<T>>()
    return {
      addListener: (listener: Listener<T>) => listeners.add(listener),
      removeListener: (listener: Listener<T>) => listeners.delete(listener),
      fire: (...args: T) => {
        for (const listener of [...listeners]) listener(...args)
      },
      listeners,
    }
  }
  const makePort = () => ({
    onMessage: event<[unknown]>(),
    onDisconnect: event<[]>(),
    sent: [] as PanelToPage[],
    open: true,
    postMessage(message: PanelToPage) {
      if (!this.open) throw new Error('Attempting to use a disconnected port object')
      this.sent.push(message)
    },
    disconnect() {
      this.open = false
    },
    /** What happens when no frame listens, or all of them go away. */
    drop() {
      this.open = false
      this.onDisconnect.fire()
    },
  })
  const ports: ReturnType<typeof makePort>[] = []
  const onUpdated = event<[number, { status?: string }]>()
  const tab = { status: 'complete', exists: true, protected: false }
  const tabs = {
    onUpdated,
    connect: () => {
      const port = makePort()
      ports.push(port)
      return port
    },
    get: async () => {
      if (!tab.exists) throw new Error(`No tab with id: ${tabId}.`)
      return { status: tab.status }
    },
    setZoomSettings: async () => {
      throw new Error(
        tab.protected ? 'Cannot access a chrome:// URL' : 'Can only set scope to "per-origin" in "automatic" mode.',
      )
    },
  }
  return { tabs: tabs as unknown as typeof chrome.tabs, ports, onUpdated, tab, last: () => ports.at(-1)! }
}
