import type { LinkedPicture, PageLink, PageLinkHandlers } from '../../picking/page-link.ts'
import type { PictureAddress } from '../ladder/rungs.ts'

export type Connect = (tabId: number, handlers: PageLinkHandlers) => PageLink

/** The link to one tab. It outlives the person's leaving the tab for as long as a picture is still being read there. */
export interface TabLink {
  readonly tabId: number
  readonly page: PageLink
  /** Bytes of a listed picture, or of the one at this address as soon as the page lists it. */
  read(where: Pick<PictureAddress, 'src' | 'listed' | 'found'>, signal?: AbortSignal): Promise<Blob | null>
  leave(): void
}

/** A page that was just opened or reached lists its pictures within this time. */
const listingTime = 1_500

export const linkTab = (connect: Connect, tabId: number, handlers: PageLinkHandlers): TabLink => {
  let reading = 0
  let left = false
  let pictures: readonly LinkedPicture[] = []
  const waiting = new Set<() => void>()

  const page = connect(tabId, {
    ...handlers,
    onPictures: (found, cutOff) => {
      pictures = found
      for (const check of waiting) check()
      handlers.onPictures(found, cutOff)
    },
  })

  const find = (src: string) => pictures.find(picture => picture.src === src)

  const findInTime = (src: string) =>
    new Promise<LinkedPicture | undefined>(resolve => {
      const settle = () => {
        waiting.delete(check)
        clearTimeout(timer)
        resolve(find(src))
      }
      const check = () => {
        if (find(src)) settle()
      }
      const timer = setTimeout(settle, listingTime)
      waiting.add(check)
      check()
    })

  const closeWhenIdle = () => {
    if (left && reading === 0) page.close()
  }

  return {
    tabId,
    page,
    read: async ({ listed, src, found }, signal) => {
      reading += 1
      try {
        const ref = listed ?? (await findInTime(src))
        if (!ref) return null
        const { frame, id } = ref
        if (!listed) found?.({ frame, id })
        return await page.read({ frame, id }, { signal })
      } finally {
        reading -= 1
        closeWhenIdle()
      }
    },
    leave: () => {
      left = true
      closeWhenIdle()
    },
  }
}
