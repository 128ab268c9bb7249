import type { LinkedPicture, LinkState, PictureRef, ReadOptions } from '../../picking/panel/page-link.ts'
import type { PickKey } from '../../picking/protocol.ts'
import { noPage, type Page, pageStore } from './page-store.ts'
import { type Connect, linkTab, type TabLink } from './tab-link.ts'

interface PageDeps {
  connect: Connect
  /** Whether Chrome lets the extension see pages without a click on its icon. */
  hasSiteAccess(): Promise<boolean>
  picked(picture: LinkedPicture, tabId: number): void
}

/** A click on the icon lets the extension into the page it is on, and Chrome tells nobody. */
const lookForClickMs = 1_000

/** Keeps pageStore in step with one tab at a time, and is the way to act on it. */
export const createPageFollower = ({ connect, hasSiteAccess, picked }: PageDeps) => {
  let link: TabLink | null = null
  /** Counts the tabs followed: what an earlier one still says is not heard. */
  let turn = 0

  const linkTo = (tabId: number) => {
    const mine = turn
    let latest: LinkState
    const update = (change: Partial<Page>) => {
      if (mine === turn) pageStore.setState(change)
    }
    const lookForClick = () => {
      if (mine !== turn || pageStore.getState().state !== 'site_access') return
      link?.page.reconnect()
      setTimeout(lookForClick, lookForClickMs)
    }
    const onState = async (state: LinkState) => {
      latest = state
      const isWithheld = (state === 'reload' || state === 'closed') && !(await hasSiteAccess())
      if (latest !== state) return
      const seen = isWithheld ? 'site_access' : state === 'closed' ? 'restricted' : state
      update({ state: seen, ...(state !== 'connected' && { picking: false, at: null }) })
      if (isWithheld) setTimeout(lookForClick, lookForClickMs)
    }
    return linkTab(connect, tabId, {
      onPictures: (pictures, notes) => update({ pictures, notes }),
      onPicked: picture => picked(picture, tabId),
      onPickEnded: () => update({ picking: false, at: null }),
      onState: state => void onState(state),
      onAt: at => update({ at }),
    })
  }

  /** Works with a tab, also with one that is not in front. */
  const inTab = <Result>(tabId: number, work: (link: TabLink) => Promise<Result>): Promise<Result> => {
    if (link?.tabId === tabId) return work(link)
    const other = linkTab(connect, tabId, { onPictures() {}, onPicked() {}, onPickEnded() {}, onState() {} })
    const result = work(other)
    other.leave()
    return result
  }

  return {
    follow: (tabId: number | null) => {
      if (link && link.tabId === tabId) return
      if (pageStore.getState().picking) link?.page.stopPicking()
      link?.leave()
      turn += 1
      pageStore.setState({ ...noPage, tabId })
      link = tabId === null ? null : linkTo(tabId)
    },

    togglePicking: () => {
      const { picking, state } = pageStore.getState()
      if (!link || state !== 'connected') return
      if (picking) link.page.stopPicking()
      else link.page.startPicking()
      pageStore.setState({ picking: !picking, at: null })
    },

    steer: (key: PickKey, shift: boolean) => link?.page.steer(key, shift),
    show: (ref: PictureRef | null) => link?.page.show(ref),

    /** Takes the outline out of the page, and with it picking. */
    clear: () => {
      link?.page.stopPicking()
      pageStore.setState({ picking: false, at: null })
    },

    /** Where a picture of the tab in front is on the screen; null when nobody can tell. */
    place: async (tabId: number, ref: PictureRef) => (link?.tabId === tabId ? link.page.place(ref) : null),

    /** The picture at this address, if the page lists it within a moment. */
    find: (tabId: number, src: string) => inTab(tabId, tab => tab.find(src)),

    /** Reads in the owning frame. */
    read: (tabId: number, ref: PictureRef, options: ReadOptions) => inTab(tabId, tab => tab.read(ref, options)),
  }
}
