import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { LinkedPicture, LinkState, PictureRef } from '../../picking/panel/page-link.ts'
import type { FrameNote } from '../../picking/protocol.ts'

export interface Page {
  /** The active tab of this window; null while there is none. */
  tabId: number | null
  /** `site_access`: Chrome is set to let the extension see a page only after a click on its icon. */
  state: Exclude<LinkState, 'closed'> | 'site_access'
  pictures: readonly LinkedPicture[]
  /** What the page says beside its pictures. */
  notes: ReadonlySet<FrameNote>
  picking: boolean
  /** The picture outlined in the page while picking. */
  at: PictureRef | null
}

export const noPage: Page = {
  tabId: null,
  state: 'connecting',
  pictures: [],
  notes: new Set(),
  picking: false,
  at: null,
}

/** The page this panel works on. Everything here comes from the page and goes with it. */
export const pageStore = createStore<Page>(() => noPage)

export const usePage = <T>(select: (page: Page) => T) => useStore(pageStore, select)

export const isSameRef = (one: PictureRef, other: PictureRef) => one.frame === other.frame && one.id === other.id
