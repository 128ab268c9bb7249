import { type PagePicture, pagePictureLimits } from '../platform/messages.ts'

/** Where a picture is: its frame's token and its id there. */
export interface PictureRef {
  frame: string
  id: number
}

export type LinkedPicture = PagePicture & PictureRef

const area = (picture: PagePicture) => picture.width * picture.height

/** A shortened address says nothing about which picture it is, so such pictures are never taken for the same. */
const identity = (picture: LinkedPicture) =>
  picture.src.endsWith(':') ? `${picture.frame} ${picture.id}` : picture.src

/** Whether a frame told as many pictures as it may, so that it probably has others. */
export const isCutOff = (frames: ReadonlyMap<string, readonly PagePicture[]>) =>
  [...frames.values()].some(pictures => pictures.length >= pagePictureLimits.count)

/** The pictures of all frames, each address once (its largest showing), largest first. */
export function mergeFrames(frames: ReadonlyMap<string, readonly PagePicture[]>): LinkedPicture[] {
  const bySrc = new Map<string, LinkedPicture>()
  for (const [frame, pictures] of frames) {
    for (const picture of pictures) {
      const linked = { ...picture, frame }
      const known = bySrc.get(identity(linked))
      if (!known || area(known) < area(linked)) bySrc.set(identity(linked), linked)
    }
  }
  return [...bySrc.values()].sort((a, b) => area(b) - area(a))
}
