import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useT } from '../../platform/i18n/i18n.ts'
import type { Dimensions } from '../inspect/dimensions.ts'
import { followPointer, pointIn } from './pointer.ts'
import { type Handle, moveRect, type Rect, resizeRect } from './rect.ts'

interface EditBoxProps {
  kind: 'crop' | 'area'
  /** Id of the words that say how it is used. */
  describedBy: string
  rect: Rect
  picture: Dimensions
  /** Shortest side, in pixels of the picture. */
  least: number
  /** While it is dragged. */
  onDrag: (rect: Rect) => void
  /** Let go, or changed by a key. */
  onChange: (rect: Rect, by: 'pointer' | 'key') => void
  onEnter?: () => void
}

const handles: readonly Handle[] = [
  { x: 0, y: -1 },
  { x: 1, y: 0 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: -1, y: -1 },
  { x: 1, y: -1 },
  { x: 1, y: 1 },
  { x: -1, y: 1 },
]

const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Resized by keys, it is the corner where reading ends that moves. */
const keyHandle: Handle = { x: 1, y: 1 }

/** One press of an arrow moves by this part of the long side. */
const keyStep = 1 / 100

const percent = (part: number, whole: number) => `${(100 * part) / whole}%`

export const boxStyle = ({ x, y, width, height }: Rect, picture: Dimensions) => ({
  left: percent(x, picture.width),
  top: percent(y, picture.height),
  width: percent(width, picture.width),
  height: percent(height, picture.height),
})

/** A rectangle on the picture: dragged by its inside, edges and corners; arrows move it, Shift+arrows resize it. */
export function EditBox({ kind, describedBy, rect, picture, least, onDrag, onChange, onEnter }: EditBoxProps) {
  const t = useT()
  const box = useRef<HTMLDivElement>(null)

  const drag = (event: PointerEvent<HTMLElement>, handle: Handle | null) => {
    const surface = box.current?.parentElement
    if (event.button !== 0 || !surface) return
    event.stopPropagation()
    const at = pointIn(surface, picture)
    const [fromX, fromY] = at(event)
    let next = rect
    followPointer(event, {
      move: moved => {
        const [x, y] = at(moved)
        const by = [x - fromX, y - fromY] as const
        next = handle ? resizeRect(rect, handle, ...by, picture, least) : moveRect(rect, ...by, picture)
        onDrag(next)
      },
      end: () => {
        if (next !== rect) onChange(next, 'pointer')
      },
    })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && onEnter) {
      event.preventDefault()
      return onEnter()
    }
    const arrow = arrows[event.key]
    if (!arrow || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const step = Math.max(1, keyStep * Math.max(picture.width, picture.height))
    const by = [arrow[0] * step, arrow[1] * step] as const
    const next = event.shiftKey ? resizeRect(rect, keyHandle, ...by, picture, least) : moveRect(rect, ...by, picture)
    onChange(next, 'key')
  }

  return (
    <div
      ref={box}
      className={`edit-box edit-box-${kind}`}
      style={boxStyle(rect, picture)}
      // Arrow keys must reach it also through a screen reader.
      role="application"
      aria-roledescription={t('sources.edit.box')}
      aria-label={t(`sources.edit.box.${kind}`, {
        x: String(rect.x),
        y: String(rect.y),
        width: String(rect.width),
        height: String(rect.height),
      })}
      aria-describedby={describedBy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and resized by keys
      tabIndex={0}
      onPointerDown={event => drag(event, null)}
      onKeyDown={onKeyDown}
    >
      {handles.map(handle => (
        <span
          key={`${handle.x} ${handle.y}`}
          className="edit-handle"
          data-x={handle.x}
          data-y={handle.y}
          onPointerDown={event => drag(event, handle)}
        />
      ))}
    </div>
  )
}
