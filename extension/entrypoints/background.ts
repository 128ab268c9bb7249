import { defineBackground } from 'wxt/utils/define-background'
import { listenToWebApp } from '../account/worker.ts'
import { addMenuEntry, passOnMenuRequest } from '../platform/chrome/context-menu.ts'
import { closeStorageToPages } from '../platform/storage/items.ts'

/** Opens, passes on, and forgets: the worker holds no truth and no job. Listeners must be there when this returns. */
export default defineBackground(() => {
  void closeStorageToPages()

  // Opening must be the very first thing in both handlers: after any await, Chrome no longer counts the click as a gesture.
  chrome.action.onClicked.addListener(({ windowId }) => {
    void chrome.sidePanel.open({ windowId })
  })
  chrome.contextMenus.onClicked.addListener((info, tab) => {
    if (!tab) return
    void chrome.sidePanel.open({ windowId: tab.windowId })
    void passOnMenuRequest(info, tab)
  })

  chrome.runtime.onInstalled.addListener(addMenuEntry)
  listenToWebApp()
})
