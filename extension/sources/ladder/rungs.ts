import type { PictureRef } from '../../picking/page-link.ts'
import { fetchPicture } from './fetch-picture.ts'
import { ReadError } from './read-error.ts'

/** Where a picture of a page can be found while it is being read. Lives in memory only and is dropped after the reading. */
export interface PictureAddress {
  src: string
  tabId: number
  /** Frame and id by which the page listed it; missing for a right-click, which knows the address alone. */
  listed?: PictureRef
  /** Told when the page turns out to list it. */
  found?(listed: PictureRef): void
}

/** One way to the bytes. Undefined: this way does not lead to this kind of address. */
export interface Rung {
  name: 'data' | 'frame' | 'panel'
  read(address: PictureAddress, signal?: AbortSignal): Promise<Blob> | undefined
}

const scheme = (src: string) => src.slice(0, src.indexOf(':')).toLowerCase()

const panelTimeout = 20_000
const dataTimeout = 10_000

const within = (ms: number, signal: AbortSignal | undefined) =>
  AbortSignal.any([AbortSignal.timeout(ms), ...(signal ? [signal] : [])])

/** A `data:` picture is its own bytes: nothing is asked of anyone. A shortened one is left to its frame. */
export const createDataRung = (deps: { fetch: typeof fetch }): Rung => ({
  name: 'data',
  read: ({ src }, signal) =>
    scheme(src) === 'data' && src.length > 'data:'.length
      ? fetchPicture(src, { fetch: deps.fetch, signal: within(dataTimeout, signal) })
      : undefined,
})

/**
 * The frame that owns the picture reads it as the page itself would: first-party cookies and Referer of its own site,
 * `blob:` addresses, pixels of what is already shown. `readInPage` answers null when that frame may not read it.
 */
export const createFrameRung = (deps: {
  readInPage(address: PictureAddress, signal?: AbortSignal): Promise<Blob | null>
}): Rung => ({
  name: 'frame',
  read: async (address, signal) => {
    const blob = await deps.readInPage(address, signal)
    if (!blob) throw new ReadError('page_refused')
    return blob
  },
})

/** The panel's own request: reaches pictures of other origins that send no CORS header. */
export const createPanelRung = (deps: { fetch: typeof fetch }): Rung => ({
  name: 'panel',
  read: ({ src }, signal) =>
    ['http', 'https'].includes(scheme(src))
      ? fetchPicture(src, { fetch: deps.fetch, signal: within(panelTimeout, signal) })
      : undefined,
})
