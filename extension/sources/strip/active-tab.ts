/** Follows the active tab of one window; needs no permission, because it asks for no address. Returns the way to stop. */
export const followActiveTab = (windowId: number, onTab: (tabId: number | null) => void, tabs = chrome.tabs) => {
  /** Counts what Chrome told: an answer that comes after a newer word may be older. */
  let told = 0
  const onActivated = (active: { tabId: number; windowId: number }) => {
    if (active.windowId !== windowId) return
    told += 1
    onTab(active.tabId)
  }
  const readNow = async () => {
    const asked = told
    const [tab] = await tabs.query({ active: true, windowId })
    if (asked === told) onTab(tab?.id ?? null)
  }
  // A tab whose page was prerendered or restored may come back under another id.
  const onReplaced = () => void readNow()
  tabs.onActivated.addListener(onActivated)
  tabs.onReplaced.addListener(onReplaced)
  void readNow()
  return () => {
    tabs.onActivated.removeListener(onActivated)
    tabs.onReplaced.removeListener(onReplaced)
  }
}
