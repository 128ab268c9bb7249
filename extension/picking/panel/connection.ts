import { type PageToPanel, type PanelToPage, pickingPort } from '../protocol.ts'
import { isPageMessage } from './validate.ts'

/**
 * - `connecting`: the page is loading or has not answered yet
 * - `reload`: the page was opened before the extension was installed or updated; reloading it helps
 * - `restricted`: Chrome lets no extension into this page
 * - `closed`: the page loaded while we watched, and our script was not put into it
 */
export type LinkState = 'connecting' | 'connected' | 'reload' | 'restricted' | 'closed'

interface ConnectionEvents {
  /** A port is open: say what the frames shall do. */
  onOpen(): void
  onMessage(message: PageToPanel): void
  onState(state: LinkState): void
  /** All frames went away at once: nothing asked of them is answered any more. */
  onLost(): void
}

export interface Connection {
  /** Connects to the frames there are; again, so that frames which came later are on the port as well. */
  open(): void
  post(message: PanelToPage): void
  close(): void
}

const retryMs = 500

/**
 * Chrome refuses a zoom mode on its own pages and in the Web Store with the same rule by which it refuses content
 * scripts. The settings asked for contradict each other, so on every other page the call fails too and changes nothing.
 */
async function isProtectedPage(tabId: number, tabs: typeof chrome.tabs): Promise<boolean> {
  try {
    await tabs.setZoomSettings(tabId, { mode: 'manual', scope: 'per-origin' })
    return false
  } catch (error) {
    return !/per-origin/i.test(String(error))
  }
}

/**
 * Why nobody answers. Our script is put into every page that loads; one that loaded while we watched and has none will
 * never have it.
 */
const silenceOf = async (tabId: number, tabs: typeof chrome.tabs, wasWatched: boolean): Promise<LinkState> => {
  if (await isProtectedPage(tabId, tabs)) return 'restricted'
  return wasWatched ? 'closed' : 'reload'
}

/** A port to all frames of one tab that comes back after navigation and says why when nobody answers. */
export function createConnection(tabId: number, events: ConnectionEvents, tabs: typeof chrome.tabs): Connection {
  let port: chrome.runtime.Port | undefined
  let state: LinkState | undefined
  let closed = false
  let loadedUnderWatch = false
  let retry: ReturnType<typeof setTimeout> | undefined

  function drop() {
    clearTimeout(retry)
    const old = port
    port = undefined
    old?.disconnect()
  }

  function become(next: LinkState) {
    if (closed || next === state) return
    state = next
    events.onState(next)
  }

  function open() {
    drop()
    if (state === undefined) become('connecting')
    const opened = tabs.connect(tabId, { name: pickingPort })
    port = opened
    opened.onMessage.addListener((message: unknown) => {
      if (port !== opened || !isPageMessage(message)) return
      become('connected')
      events.onMessage(message)
    })
    opened.onDisconnect.addListener(() => onDisconnect(opened))
    events.onOpen()
  }

  function onDisconnect(old: chrome.runtime.Port) {
    // Reading it is how Chrome is told that a page without our script is no error.
    void chrome.runtime.lastError
    if (port !== old) return
    port = undefined
    events.onLost()
    void lost()
  }

  async function lost() {
    const tab = await tabs.get(tabId).catch(() => null)
    if (closed || port) return
    if (!tab || tab.status === 'loading' || state === 'connected') {
      become('connecting')
      if (tab) retry = setTimeout(open, retryMs)
      return
    }
    const reason = await silenceOf(tabId, tabs, loadedUnderWatch)
    if (!closed && !port) become(reason)
  }

  function onUpdated(id: number, change: { status?: string }) {
    if (id !== tabId || change.status === undefined) return
    if (change.status === 'loading') {
      loadedUnderWatch = true
      if (!port) become('connecting')
    }
    // The old page's port is not always closed when a page goes into the back-forward cache: a new page gets a new one.
    if (change.status === 'complete') open()
  }

  tabs.onUpdated.addListener(onUpdated)

  return {
    open,
    post(message) {
      // A port whose page has just gone throws until its onDisconnect is delivered.
      try {
        port?.postMessage(message)
      } catch {}
    },
    close() {
      closed = true
      tabs.onUpdated.removeListener(onUpdated)
      drop()
    },
  }
}
