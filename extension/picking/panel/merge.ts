import type { LargerPicture, PagePicture } from '../protocol.ts'

/** Where a picture is: its frame's token and its id there. */
export interface PictureRef {
  frame: string
  id: number
}

export interface LinkedPicture extends PagePicture, PictureRef {
  /** The other places that show it. */
  also?: readonly PictureRef[]
}

/** What is taken when a picture is: the largest that the page offers. */
export const largestOf = (picture: PagePicture): LargerPicture => picture.larger ?? picture

export const areaOf = (picture: PagePicture) => {
  const { width, height } = largestOf(picture)
  return width * height
}

/** This picture, which stands for the other one as well. */
export const standingFor = <Kept extends LinkedPicture>(kept: Kept, { frame, id, also = [] }: LinkedPicture): Kept => ({
  ...kept,
  also: [...(kept.also ?? []), { frame, id }, ...also],
})

/** A shortened address says nothing about which picture it is, so such pictures are never taken for the same. */
const identity = (picture: LinkedPicture) =>
  picture.src.endsWith(':') ? `${picture.frame} ${picture.id}` : picture.src

/** The pictures of all frames, each address once (its largest showing), largest first. */
export function mergeFrames(frames: ReadonlyMap<string, readonly PagePicture[]>): LinkedPicture[] {
  const bySrc = new Map<string, LinkedPicture>()
  for (const [frame, pictures] of frames) {
    for (const picture of pictures) {
      const linked: LinkedPicture = { ...picture, frame }
      const known = bySrc.get(identity(linked))
      const isLarger = known && areaOf(known) < areaOf(linked)
      const kept = known ? standingFor(...(isLarger ? ([linked, known] as const) : ([known, linked] as const))) : linked
      bySrc.set(identity(linked), kept)
    }
  }
  return [...bySrc.values()].sort((a, b) => areaOf(b) - areaOf(a))
}
