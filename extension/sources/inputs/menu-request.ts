import type { MenuRequest } from '../../platform/storage/items.ts'

interface MenuDoorDeps {
  /** Where the worker leaves the request: it outlives a slow panel and dies with the browser. */
  item: {
    get(): Promise<MenuRequest | null>
    remove(): Promise<void>
    watch(onChange: (request: MenuRequest | null) => void): () => void
  }
  windowId: number
  /** Runs one taker at a time over all panels, so that no two can both find the request. */
  exclusively<T>(run: () => Promise<T>): Promise<T>
  take(request: MenuRequest): void
}

/**
 * Takes right-click requests of this window: the one already waiting when the panel loads, and those that follow.
 * Returns the way to stop.
 */
export const openMenuDoor = ({ item, windowId, exclusively, take }: MenuDoorDeps): (() => void) => {
  const takeWaiting = async () => {
    const request = await exclusively(async () => {
      const waiting = await item.get()
      if (waiting?.windowId !== windowId) return null
      await item.remove()
      return waiting
    })
    if (request) take(request)
  }
  const stop = item.watch(request => {
    if (request) void takeWaiting()
  })
  void takeWaiting()
  return stop
}
