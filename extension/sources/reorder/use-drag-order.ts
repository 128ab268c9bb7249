import './reorder.css'
import { type PointerEvent, type RefObject, useRef, useState } from 'react'
import { followPointer } from '../edit/pointer.ts'

interface Drag {
  from: number
  to: number
}

/** A hand that trembles is no drag. */
const leastWay = 8

/** Reorders the items of a list by dragging. They stay where they are until the pointer lets go; a line shows where. */
export const useDragOrder = (list: RefObject<HTMLElement | null>, onMove: (from: number, to: number) => void) => {
  const [drag, setDrag] = useState<Drag | null>(null)
  const isClickOfDrag = useRef(false)

  const begin = (press: PointerEvent<HTMLElement>, from: number, items: string) => {
    if (press.button !== 0) return
    const { clientX, clientY } = press
    let now: Drag | null = null
    followPointer(press, {
      move: moved => {
        if (!now && Math.hypot(moved.clientX - clientX, moved.clientY - clientY) < leastWay) return
        const boxes = [...(list.current?.querySelectorAll(items) ?? [])].map(item => item.getBoundingClientRect())
        now = { from, to: nearestBox(boxes, moved.clientX, moved.clientY) }
        setDrag(now)
      },
      end: () => {
        setDrag(null)
        if (!now) return
        isClickOfDrag.current = true
        // The click comes with the same event of the hand, or not at all.
        setTimeout(() => {
          isClickOfDrag.current = false
        })
        onMove(now.from, now.to)
      },
    })
  }

  return {
    begin,
    /** True for the click that Chrome makes of the end of a drag. */
    isClickOfDrag: () => isClickOfDrag.current,
    /** How an item takes part in the drag under way. */
    partOf: (index: number): 'dragged' | 'before' | 'after' | undefined => {
      if (!drag) return undefined
      if (index === drag.from) return 'dragged'
      if (index !== drag.to) return undefined
      return drag.to < drag.from ? 'before' : 'after'
    },
  }
}

export type DragOrder = ReturnType<typeof useDragOrder>

type Box = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>

/** Index of the box whose middle is nearest to a point; -1 without any. */
export const nearestBox = (boxes: readonly Box[], x: number, y: number): number => {
  const distances = boxes.map(({ left, right, top, bottom }) =>
    Math.hypot((left + right) / 2 - x, (top + bottom) / 2 - y),
  )
  return distances.indexOf(Math.min(...distances))
}
