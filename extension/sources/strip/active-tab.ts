/** Follows the active tab of one window; needs no permission, because it asks for no address. Returns the way to stop. */
export const followActiveTab = (windowId: number, onTab: (tabId: number | null) => void, tabs = chrome.tabs) => {
  const onActivated = (active: { tabId: number; windowId: number }) => {
    if (active.windowId === windowId) onTab(active.tabId)
  }
  const readNow = async () => {
    const [tab] = await tabs.query({ active: true, windowId })
    onTab(tab?.id ?? null)
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
