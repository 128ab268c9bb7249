import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { Picture } from '../../bff/contract/library.ts'
import { deletePicture, downloadPicture, toggleFavourite } from '../jobs/actions.ts'
import { pictureKey } from './picture-keys.ts'

export interface PictureKeys {
  ref: RefObject<HTMLDivElement | null>
  /** The one picture the Tab key stops at; arrows move on from there. */
  tabStop: string | undefined
  remove: (picture: Picture) => void
  onKeyDown: (event: KeyboardEvent) => void
  onFocus: (event: FocusEvent) => void
}

const idAt = (target: EventTarget): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-picture]')?.dataset.picture : undefined

/** Keys of a board of pictures: arrows, F favourite, D download, Del delete. Enter opens, as on every button. */
export function usePictureKeys(pictures: readonly Picture[]): PictureKeys {
  const ref = useRef<HTMLDivElement>(null)
  const focusNext = useRef<string>(undefined)
  const [last, setLast] = useState<string>()
  const tabStop = pictures.some(picture => picture.id === last) ? last : pictures[0]?.id

  const cards = (): HTMLElement[] => [...(ref.current?.querySelectorAll<HTMLElement>('[data-picture]') ?? [])]
  const focusCard = (id: string | undefined): void =>
    cards()
      .find(card => card.dataset.picture === id)
      ?.querySelector('button')
      ?.focus()

  useEffect(() => {
    if (!focusNext.current || pictures.length === 0) return
    focusCard(focusNext.current)
    focusNext.current = undefined
  })

  /** The focus goes on to the picture that takes the place. */
  const remove = (picture: Picture): void => {
    const index = pictures.findIndex(entry => entry.id === picture.id)
    focusNext.current = (pictures[index + 1] ?? pictures[index - 1])?.id
    deletePicture(picture)
  }

  const move = (id: string, key: string): boolean => {
    const all = cards()
    const from = all.findIndex(card => card.dataset.picture === id)
    const boxes = all.map(card => card.getBoundingClientRect())
    const to = neighbour(boxes, from, key)
    if (to === undefined) return false
    focusCard(all[to]?.dataset.picture)
    return true
  }

  const act = (picture: Picture, key: string): boolean => {
    if (key.startsWith('arrow')) return move(picture.id, key)
    if (key === 'f') toggleFavourite(picture)
    else if (key === 'd') void downloadPicture(picture)
    else if (key === 'delete') remove(picture)
    else return false
    return true
  }

  return {
    ref,
    tabStop,
    remove,
    onFocus: event => setLast(idAt(event.target) ?? last),
    onKeyDown: event => {
      const key = pictureKey(event)
      const picture = pictures.find(entry => entry.id === idAt(event.target))
      if (key && picture && act(picture, key)) event.preventDefault()
    },
  }
}

/** Where an element stands; a DOMRect is one. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

const middle = (box: Box): number => box.left + box.width / 2

/** Index of the picture an arrow key leads to; undefined at the border. Up and down look for the nearest in the next row. */
export function neighbour(boxes: readonly Box[], from: number, key: string): number | undefined {
  const start = boxes[from]
  if (!start) return undefined
  if (key === 'arrowleft' || key === 'arrowright') {
    const to = from + (key === 'arrowright' ? 1 : -1)
    return boxes[to] ? to : undefined
  }
  const direction = key === 'arrowdown' ? 1 : key === 'arrowup' ? -1 : 0
  const rows = boxes
    .map((box, index) => ({ box, index, distance: (box.top - start.top) * direction }))
    .filter(({ distance }) => direction !== 0 && distance > start.height / 2)
  const nearest = Math.min(...rows.map(({ distance }) => distance))
  return rows
    .filter(({ distance }) => distance <= nearest + start.height / 2)
    .sort((a, b) => Math.abs(middle(a.box) - middle(start)) - Math.abs(middle(b.box) - middle(start)))[0]?.index
}
