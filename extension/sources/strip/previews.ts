import { useEffect, useState } from 'react'
import * as v from 'valibot'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { defineItem } from '../../platform/storage/items.ts'
import { fetchPicture } from '../readers/fetch-picture.ts'

const item = defineItem<boolean>({
  key: 'previews',
  fallback: false,
  shape: v.boolean(),
})

/** Whether the strip may load the page's pictures to show them. Off at first: a list alone asks nobody for anything. */
export const previewsStore = createStore<{ shown: boolean }>(() => ({ shown: false }))

export const usePreviewsShown = () => useStore(previewsStore, ({ shown }) => shown)

/** Reads the remembered setting and follows it in every panel. Returns the way to stop. */
export const startPreviews = () => item.follow(shown => previewsStore.setState({ shown }))

export const setPreviewsShown = (shown: boolean) => item.set(shown)

/** At most this many at once, so that a long strip does not crowd the page's own requests. */
const atOnce = 4
let running = 0
const waiting: (() => void)[] = []

const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (running >= atOnce) await new Promise<void>(resolve => waiting.push(resolve))
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

const previewTimeout = 15_000

const loadPreview = (src: string, signal: AbortSignal) =>
  inTurn(() =>
    fetchPicture(src, {
      fetch: (...args) => fetch(...args),
      signal: AbortSignal.any([signal, AbortSignal.timeout(previewTimeout)]),
    }),
  )

/**
 * An address at which a tile may show the picture: `data:` as it is, anything else as a copy loaded without cookies
 * and without Referer, and only while previews are wanted. Null while there is nothing to show.
 */
export const usePreview = (src: string, wanted: boolean): string | null => {
  const isData = src.startsWith('data:image/')
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!wanted || isData || !/^https?:/i.test(src)) return
    const stop = new AbortController()
    let made: string | undefined
    loadPreview(src, stop.signal).then(
      blob => {
        if (stop.signal.aborted) return
        made = URL.createObjectURL(blob)
        setUrl(made)
      },
      // Without a preview the tile keeps its words.
      () => {},
    )
    return () => {
      stop.abort()
      if (made) URL.revokeObjectURL(made)
      setUrl(null)
    }
  }, [src, wanted, isData])
  return isData ? src : url
}
