import * as v from 'valibot'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { PagePicture } from '../../picking/protocol.ts'
import { defineItem } from '../../platform/storage/items.ts'

/** In pixels of the picture's shorter side; 0 lists every size. */
export const smallestSides = [0, 48, 128, 256, 512] as const
export type SmallestSide = (typeof smallestSides)[number]

const item = defineItem<SmallestSide>({
  key: 'smallestSide',
  fallback: 0,
  shape: v.picklist(smallestSides),
})

const store = createStore<{ side: SmallestSide }>(() => ({ side: 0 }))

export const useSmallestSide = () => useStore(store, ({ side }) => side)

/** Reads the remembered setting and follows it in every panel. Returns the way to stop. */
export const startSmallestSide = () => item.follow(side => store.setState({ side }))

export const setSmallestSide = (side: SmallestSide) => item.set(side)

type Sized = Pick<PagePicture, 'width' | 'height' | 'larger'>

/** A picture that is not loaded yet may be large, so it stays. */
export const isLargeEnough = (picture: Sized, side: SmallestSide) => {
  const { width, height } = picture.larger ?? picture
  return width === 0 || height === 0 || Math.min(width, height) >= side
}
