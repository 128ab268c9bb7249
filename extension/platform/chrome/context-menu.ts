import { StorageFullError } from '../storage/item.ts'
import { menuRequestItem } from '../storage/items.ts'

const entryId = 'make-from-image'

/** Chrome keeps the entry from here on; an update adds it anew, so that its words are those of the new version. */
export function addMenuEntry() {
  chrome.contextMenus.removeAll(() => {
    chrome.contextMenus.create({
      id: entryId,
      contexts: ['image'],
      title: chrome.i18n.getMessage('makeFromImage'),
    })
  })
}

/** Leaves the picture for the panel of that window. Only its address and where its frame is: nothing else of the page. */
export async function passOnMenuRequest(
  { menuItemId, srcUrl, frameId = 0 }: chrome.contextMenus.OnClickData,
  { id: tabId, windowId }: chrome.tabs.Tab,
) {
  if (menuItemId !== entryId || srcUrl === undefined || tabId === undefined) return
  const request = { id: crypto.randomUUID(), src: srcUrl, tabId, frameId, windowId }
  try {
    await menuRequestItem.set(request)
  } catch (error) {
    if (!(error instanceof StorageFullError)) throw error
    // The address of a data: picture is the picture; without it, the panel says how else to bring it.
    await menuRequestItem.set({ ...request, src: 'data:' })
  }
}
