import { type PointerEvent, useState } from 'react'
import type { Dimensions } from '../inspect/dimensions.ts'
import type { Blur, Point } from './edits.ts'
import { followPointer, pointIn } from './pointer.ts'
import { beginStroke, extendStroke } from './stroke.ts'

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
