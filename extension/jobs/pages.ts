import type { Picture, PictureList } from '../../bff/contract/library.ts'
import {
  type AnswerTime,
  type Extent,
  type ListName,
  newestFirst,
  type ResultsState,
  withoutPicture,
  withPicture,
} from './state.ts'

const belongs = (list: ListName, picture: Picture): boolean => list === 'all' || picture.favourite

/** The pictures to show: everything down to the last one read, so that no gap hides between the local copy and the pages. */
export function shownPictures(
  { pictures, lists }: Pick<ResultsState, 'pictures' | 'lists'>,
  list: ListName,
): Picture[] {
  const { last, next } = lists[list]
  return Object.values(pictures)
    .filter(picture => belongs(list, picture))
    .filter(picture => !next || !last || newestFirst(picture, last) <= 0)
    .sort(newestFirst)
}

/** Takes in one page that begins after `from`: what lies in its range and is not listed is gone, or no longer a favourite. */
function withRange(
  state: ResultsState,
  list: ListName,
  from: Extent['last'],
  page: PictureList,
  time: AnswerTime,
): ResultsState {
  const listed = new Set(page.pictures.map(picture => picture.id))
  const end = page.next === null ? null : (page.pictures.at(-1) ?? from)
  const isInRange = (picture: Picture): boolean =>
    (from === null || newestFirst(picture, from) > 0) && (end === null || newestFirst(picture, end) <= 0)
  const missing = Object.values(state.pictures).filter(
    picture => !listed.has(picture.id) && belongs(list, picture) && isInRange(picture),
  )
  const cleared = missing.reduce(
    (result, picture) =>
      list === 'favourites'
        ? withPicture(result, { ...picture, favourite: false }, time)
        : withoutPicture(result, picture.id, time),
    state,
  )
  return page.pictures.reduce((result, picture) => withPicture(result, picture, time), cleared)
}

const readTo = (state: ResultsState, list: ListName, page: PictureList): ResultsState => {
  const last = page.pictures.at(-1)
  const extent: Extent = {
    last: last ? { createdAt: last.createdAt, id: last.id } : state.lists[list].last,
    next: page.next,
  }
  return { ...state, lists: { ...state.lists, [list]: extent } }
}

/** Takes in the page that continues what was read before. */
export const withNextPage = (state: ResultsState, list: ListName, page: PictureList, time: AnswerTime): ResultsState =>
  readTo(withRange(state, list, state.lists[list].last, page, time), list, page)

/** Takes in the first page, read again. What was read further down before stays, if this page reaches it. */
export function withFirstPage(state: ResultsState, list: ListName, page: PictureList, time: AnswerTime): ResultsState {
  const { last } = state.lists[list]
  const end = page.pictures.at(-1)
  const reaches = last !== null && end !== undefined && page.pictures.some(picture => picture.id in state.pictures)
  const isDeeper = reaches && page.next !== null && newestFirst(last, end) > 0
  const next = withRange(state, list, null, page, time)
  return isDeeper ? next : readTo(next, list, page)
}
