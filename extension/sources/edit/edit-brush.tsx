import { type PointerEvent, useState } from 'react'
import type { Dimensions } from '../inspect/dimensions.ts'
import type { Blur, Point } from './edits.ts'
import { followPointer, pointIn } from './pointer.ts'

interface EditBrushProps {
  picture: Dimensions
  /** Of the brush, in pixels of the picture. */
  width: number
  /** While it is painted. */
  onPaint: (blur: Blur) => void
  onPainted: (blur: Blur) => void
}

/** The layer that is painted on, with a ring where the brush would touch. */
export function EditBrush({ picture, width, onPaint, onPainted }: EditBrushProps) {
  const [at, setAt] = useState<Point | null>(null)

  const point = (event: PointerEvent<HTMLElement>) =>
    setAt(event.pointerType === 'touch' ? null : pointIn(event.currentTarget, picture)(event))

  const paint = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    const toPicture = pointIn(event.currentTarget, picture)
    let stroke = beginStroke(toPicture(event), width)
    onPaint(stroke)
    followPointer(event, {
      move: moved => {
        for (const passed of moved.getCoalescedEvents()) stroke = extendStroke(stroke, toPicture(passed))
        onPaint(stroke)
      },
      end: () => onPainted(stroke),
    })
  }

  return (
    <div className="edit-brush" onPointerDown={paint} onPointerMove={point} onPointerLeave={() => setAt(null)}>
      {at ? (
        <span
          style={{
            left: `${(100 * at[0]) / picture.width}%`,
            top: `${(100 * at[1]) / picture.height}%`,
            width: `${(100 * width) / picture.width}%`,
          }}
        />
      ) : null}
    </div>
  )
}

type Stroke = Extract<Blur, { kind: 'stroke' }>

/** Nearer points than this part of the brush change nothing that can be seen. */
const finest = 1 / 8

export const beginStroke = ([x, y]: Point, width: number): Stroke => ({
  kind: 'stroke',
  width: Math.max(1, Math.round(width)),
  points: [[Math.round(x), Math.round(y)]],
})

/** Goes on to a point; the stroke stays the same object when that is too near to matter. */
export const extendStroke = (stroke: Stroke, [x, y]: Point): Stroke => {
  const [lastX, lastY] = stroke.points.at(-1) ?? [Number.POSITIVE_INFINITY, 0]
  if (Math.hypot(x - lastX, y - lastY) < Math.max(1, stroke.width * finest)) return stroke
  return { ...stroke, points: [...stroke.points, [Math.round(x), Math.round(y)]] }
}
