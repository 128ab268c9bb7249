/**
 * Every message that crosses a boundary inside the extension. One map per direction.
 * The panel opens one port per tab (`chrome.tabs.connect`, all frames answer on it); closing the panel closes the port,
 * and with it everything the content script does.
 */

/** Name of the port between a panel and the frames of a tab; the number is the version of these messages. */
export const pickingPort = 'picking-1'

/** All that a page tells about one visible <img>. Nothing else of a page ever crosses. */
export interface PagePicture {
  /** Unique within its frame, stable while the page lives. */
  id: number
  src: string
  /** Natural size; 0 while not loaded. */
  width: number
  height: number
  alt?: string
}

/** Panel -> frames. `frame` addresses one frame by the token it gave itself; messages without it are for all. */
export type PanelToPage =
  | { type: 'list' }
  | { type: 'pick-start' }
  | { type: 'pick-stop' }
  /** Outlines one picture and scrolls it into view; id null clears. */
  | { type: 'show'; frame: string; id: number | null }
  /** Asks the owning frame for the picture's bytes; answered by `bytes`. */
  | { type: 'read'; frame: string; id: number }

/** Frame -> panel. */
export type PageToPanel =
  | { type: 'pictures'; frame: string; pictures: PagePicture[] }
  | { type: 'picked'; frame: string; picture: PagePicture; more: boolean }
  /** Picking ended (Esc in the page, or the picture was taken). */
  | { type: 'pick-ended'; frame: string }
  /** A data: URL, because ports carry JSON; null when this frame may not read it. */
  | { type: 'bytes'; frame: string; id: number; data: string | null }

/** Right-click "Generate from image": written to storage.session by the worker, taken by the panel. */
export interface MenuRequest {
  /** Client-made id, so that it is taken exactly once. */
  id: string
  src: string
  tabId: number
  frameId: number
  windowId: number
}
