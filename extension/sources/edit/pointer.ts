import type { PointerEvent as ReactPointerEvent } from 'react'
import type { Dimensions } from '../inspect/dimensions.ts'
import type { Point } from './edits.ts'

type At = Pick<PointerEvent, 'clientX' | 'clientY'>

/** Where a pointer is in the picture that fills this element. */
export const pointIn = (element: Element, { width, height }: Dimensions) => {
  const shown = element.getBoundingClientRect()
  return ({ clientX, clientY }: At): Point => [
    ((clientX - shown.left) / shown.width) * width,
    ((clientY - shown.top) / shown.height) * height,
  ]
}

interface Follower {
  move(event: PointerEvent): void
  /** Also when the system takes the pointer away. */
  end(): void
}

/** Follows one press of the main button, a finger or a pen from here to its end, wherever it goes. */
export const followPointer = (press: ReactPointerEvent<HTMLElement>, { move, end }: Follower) => {
  const element = press.currentTarget
  const over = new AbortController()
  const { signal } = over
  element.setPointerCapture(press.pointerId)
  element.addEventListener('pointermove', move, { signal })
  element.addEventListener(
    'lostpointercapture',
    () => {
      over.abort()
      end()
    },
    { signal },
  )
}
