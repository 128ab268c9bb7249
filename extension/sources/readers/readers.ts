import { left, type PageLink, type PictureRef, type ReadOptions } from '../../picking/panel/page-link.ts'
import { fetchPicture, isRedirect } from './fetch-picture.ts'
import { ReadError } from './read-error.ts'

/** Where a picture of a page can be found while it is being read. Lives in memory only and is dropped after the reading. */
export interface PictureAddress {
  src: string
  tabId: number
  /** Frame and id by which the page listed it; missing where the address alone is known. */
  listed?: PictureRef | undefined
  /** This is not the picture that the listed <img> shows, but the larger one that is offered in its place. */
  isLarger?: boolean
}

/** One way to the bytes. Undefined: this way does not lead to this kind of address. */
export interface ByteReader {
  name: 'data' | 'frame' | 'panel'
  read(address: PictureAddress, signal?: AbortSignal): Promise<Blob> | undefined
}

const scheme = (src: string) => src.slice(0, src.indexOf(':')).toLowerCase()

/** Some servers take twenty seconds to make a picture. */
const panelTimeout = 30_000
const dataTimeout = 10_000

const within = (ms: number, signal: AbortSignal | undefined) =>
  AbortSignal.any([AbortSignal.timeout(ms), ...(signal ? [signal] : [])])

/** A `data:` picture is its own bytes: nothing is asked of anyone. A shortened one is left to its frame. */
export const createDataReader = (deps: { fetch: typeof fetch }): ByteReader => ({
  name: 'data',
  read: ({ src }, signal) =>
    scheme(src) === 'data' && src.length > 'data:'.length
      ? fetchPicture(src, { fetch: deps.fetch, signal: within(dataTimeout, signal) })
      : undefined,
})

/**
 * The frame that owns the picture reads it as the page itself would: first-party cookies and Referer of its own site,
 * `blob:` addresses, pixels of what is already shown.
 */
export const createFrameReader = (page: {
  read(tabId: number, ref: PictureRef, options: ReadOptions): ReturnType<PageLink['read']>
}): ByteReader => ({
  name: 'frame',
  read: ({ tabId, listed, isLarger = false }, signal) =>
    listed && page.read(tabId, listed, { larger: isLarger, signal }).then(bytesOrReason),
})

const bytesOrReason = (answer: Blob | null | typeof left): Blob => {
  if (answer === left) throw new ReadError('page_left')
  if (!answer) throw new ReadError('page_refused')
  return answer
}

/**
 * The panel's own request: reaches pictures of other origins that send no CORS header. Chrome follows no redirect to a
 * `data:` or `blob:` address, and tells it from a silent server only when asked not to follow.
 */
export const createPanelReader = (deps: { fetch: typeof fetch }): ByteReader => {
  const readByRequest = async (src: string, signal: AbortSignal) => {
    const options = { fetch: deps.fetch, signal }
    try {
      return await fetchPicture(src, options)
    } catch (error) {
      const isUnclear = error instanceof ReadError && error.reason === 'unreachable'
      throw isUnclear && (await isRedirect(src, options)) ? new ReadError('dead_redirect') : error
    }
  }
  return {
    name: 'panel',
    read: ({ src }, signal) =>
      ['http', 'https'].includes(scheme(src)) ? readByRequest(src, within(panelTimeout, signal)) : undefined,
  }
}
