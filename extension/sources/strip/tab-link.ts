import type { LinkedPicture, PageLink, PageLinkHandlers } from '../../picking/panel/page-link.ts'

export type Connect = (tabId: number, handlers: PageLinkHandlers) => PageLink

/** The link to one tab. It outlives the person's leaving the tab for as long as a picture is still sought or read there. */
export interface TabLink {
  readonly tabId: number
  readonly page: PageLink
  /** The picture at this address, as soon as the page lists it. */
  find(src: string): Promise<LinkedPicture | undefined>
  read: PageLink['read']
  leave(): void
}

/** A page that was just opened or reached lists its pictures within this time. */
const listingTime = 1_500

export const linkTab = (connect: Connect, tabId: number, handlers: PageLinkHandlers): TabLink => {
  let busy = 0
  let left = false
  let pictures: readonly LinkedPicture[] = []
  const waiting = new Set<() => void>()

  const page = connect(tabId, {
    ...handlers,
    onPictures: (found, notes) => {
      pictures = found
      for (const check of waiting) check()
      handlers.onPictures(found, notes)
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
    if (left && busy === 0) page.close()
  }

  const during = async <Result>(work: Promise<Result>) => {
    busy += 1
    try {
      return await work
    } finally {
      busy -= 1
      closeWhenIdle()
    }
  }

  return {
    tabId,
    page,
    find: src => during(findInTime(src)),
    read: (ref, options) => during(page.read(ref, options)),
    leave: () => {
      left = true
      closeWhenIdle()
    },
  }
}
