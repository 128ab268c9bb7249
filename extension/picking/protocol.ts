/**
 * Every message that crosses a boundary inside the extension. One map per direction.
 * The panel opens one port per tab (`chrome.tabs.connect`, all frames answer on it); closing the panel closes the port,
 * and with it everything the content script does.
 */

/** Name of the port between a panel and the frames of a tab; the number is the version of these messages. */
export const pickingPort = 'picking-1'

/** Limits of what a frame tells; the panel refuses a message beyond them. */
export const pagePictureLimits = { count: 200, src: 8192, alt: 300 } as const

/** All that a page tells about one visible <img>. Nothing else of a page ever crosses. */
export interface PagePicture {
  /** Unique within its frame while the page lives; an <img> that shows another picture gets another one. */
  id: number
  /** Shortened to its scheme (`data:`) when longer than the limit; the owning frame still reads it by id. */
  src: string
  /** Size of the picture shown, as far as the page tells; 0 while not loaded. */
  width: number
  height: number
  /** The largest that the page offers in its place (`srcset`, `<picture>`), in the size that the page states. */
  larger?: LargerPicture | undefined
  alt?: string
}

export type LargerPicture = Pick<PagePicture, 'src' | 'width' | 'height'>

/** A rectangle as the browser gives it: CSS pixels of the window. */
export type ScreenBox = Record<'x' | 'y' | 'width' | 'height' | 'top' | 'right' | 'bottom' | 'left', number>

/** Where a picture is on the screen: all of it, the part that scrolling boxes leave to be seen, and how wide the window is. */
export type PagePlace = [whole: ScreenBox, seen: ScreenBox, windowWidth: number]

/** Keys that steer the picker, pressed in the page or in the panel. */
export const pickKeys = ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'Enter', 'Escape'] as const
export type PickKey = (typeof pickKeys)[number]

/** Panel -> frames. `frame` addresses one frame by the token it gave itself; messages without it are for all. */
export type PanelToPage =
  | { type: 'list' }
  | { type: 'pick-start' }
  | { type: 'pick-stop' }
  /** Outlines one picture and scrolls it into view, as far as needed or to the middle; id null clears. */
  | { type: 'show'; frame: string; id: number | null; block: 'nearest' | 'center' }
  /** Asks the owning frame for the bytes of the picture, or of the larger one; answered by `bytes`. */
  | { type: 'read'; frame: string; id: number; larger?: boolean | undefined }
  /** Asks where the picture is now; answered by `place`. */
  | { type: 'place'; frame: string; id: number }

/** `cut`: there are more pictures than a frame may tell. `pdf`: this is no page, but Chrome's viewer of PDF files. */
export type FrameNote = 'cut' | 'pdf'

/** Frame -> panel. The panel alone decides what a key does and when picking ends: it is the one that knows all frames. */
export type PageToPanel =
  /** All that can be seen in this frame, in reading order; replaces what it told before. */
  | { type: 'pictures'; frame: string; pictures: PagePicture[]; note?: FrameNote | undefined }
  /** The frame is going away, and with it all that it was asked for. */
  | { type: 'gone'; frame: string }
  /** A frame was added or navigated: it is not on this port yet. */
  | { type: 'frame-added'; frame: string }
  /** While picking, the pointer came to this picture, or to none. */
  | { type: 'at'; frame: string; id: number | null }
  | { type: 'key'; frame: string; key: PickKey; shift: boolean }
  | { type: 'picked'; frame: string; picture: PagePicture; more: boolean }
  /** A data: URL, because ports carry JSON; null when this frame may not read it. */
  | { type: 'bytes'; frame: string; id: number; larger?: boolean | undefined; data: string | null }
  /** Without a place: the picture is gone, or in a frame or under a zoom by fingers, where its place says too little. */
  | { type: 'place'; frame: string; id: number; place?: PagePlace | undefined }
