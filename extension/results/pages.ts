import type { Picture, PictureList } from '../../bff/contract/library.ts'
import { newestFirst, type Reading, type ResultsState, withoutPicture, withPicture } from './state.ts'

/** A place in the list, newest first. */
export type Place = Pick<Picture, 'createdAt' | 'id'>

/** How much of one list has been read from the backend. */
export interface Extent {
  /** The last picture read so far; null before the first page. */
  last: Place | null
  /** Cursor of the next page; null at the end, undefined before the first page. */
  next: string | null | undefined
}

export const unread: Extent = { last: null, next: undefined }

/** The pictures to show: everything down to the last one read, so that no gap hides between the local copy and the pages. */
export function shownPictures(
  pictures: Readonly<Record<string, Picture>>,
  extent: Extent,
  favourites: boolean,
): Picture[] {
  return Object.values(pictures)
    .filter(picture => !favourites || picture.favourite)
    .filter(picture => !extent.next || !extent.last || newestFirst(picture, extent.last) <= 0)
    .sort(newestFirst)
}

/** Takes in one page that continues `extent`: what lies in its range and is not listed is gone (or no longer a favourite). */
export function withPage(
  state: ResultsState,
  extent: Extent,
  page: PictureList,
  favourites: boolean,
  reading: Reading,
): { state: ResultsState; extent: Extent } {
  const listed = new Set(page.pictures.map(picture => picture.id))
  const last = page.pictures.at(-1) ?? extent.last
  const inRange = (picture: Picture): boolean =>
    (extent.last === null || newestFirst(picture, extent.last) > 0) &&
    (page.next === null || last === null || newestFirst(picture, last) <= 0)
  const missing = Object.values(state.pictures).filter(
    picture => !listed.has(picture.id) && inRange(picture) && (!favourites || picture.favourite),
  )
  const cleared = missing.reduce(
    (result, picture) =>
      favourites
        ? withPicture(result, { ...picture, favourite: false }, reading)
        : withoutPicture(result, picture.id, reading),
    state,
  )
  return {
    state: page.pictures.reduce((result, picture) => withPicture(result, picture, reading), cleared),
    extent: { last: last && { createdAt: last.createdAt, id: last.id }, next: page.next },
  }
}
