import type { CSSProperties } from 'react'
import { useEffect, useRef } from 'react'
import { minSide } from '../clean/fit.ts'
import type { Dimensions } from '../inspect/dimensions.ts'
import { blurParts } from './blur.ts'
import { boxStyle, EditBox } from './edit-box.tsx'
import { EditBrush } from './edit-brush.tsx'
import type { Blur } from './edits.ts'
import { placeIn } from './placing.ts'
import { type Rect, wholeOf } from './rect.ts'
import type { Tool } from './tools.ts'
import { addBlur, cropTo, type Editor } from './use-editor.ts'

interface EditSurfaceProps {
  shown: ImageBitmap
  picture: Dimensions
  name: string
  editor: Editor
  tool: Tool
  /** Id of the words about the tool. */
  hintId: string
  brush: number
  area: Rect
  onArea: (area: Rect) => void
  onBlurArea: () => void
}

/** The picture, what will be cut off in shade, and on it what the chosen tool needs. */
export function EditSurface(props: EditSurfaceProps) {
  const { shown, picture, name, editor, tool, hintId, brush, area, onArea, onBlurArea } = props
  const { edits, attempt, step } = editor
  const crop = edits.crop ?? wholeOf(picture)
  const box = { describedBy: hintId, picture }
  return (
    <div className="edit-surface">
      <div className="edit-picture" style={{ '--w': shown.width, '--h': shown.height } as CSSProperties}>
        <EditCanvas shown={shown} picture={picture} blurs={edits.blurs} name={name} />
        <div className="edit-shade">
          <div style={boxStyle(crop, picture)} />
        </div>
        {tool === 'crop' ? (
          <EditBox
            {...box}
            kind="crop"
            rect={crop}
            least={minSide}
            onDrag={rect => attempt(cropTo(rect, picture))}
            onChange={(rect, by) => step(cropTo(rect, picture), by === 'key' ? 'crop' : undefined)}
          />
        ) : null}
        {tool === 'area' ? (
          <EditBox {...box} kind="area" rect={area} least={1} onDrag={onArea} onChange={onArea} onEnter={onBlurArea} />
        ) : null}
        {tool === 'brush' ? (
          <EditBrush
            picture={picture}
            width={brush}
            onPaint={blur => attempt(addBlur(blur))}
            onPainted={blur => step(addBlur(blur))}
          />
        ) : null}
      </div>
    </div>
  )
}

interface EditCanvasProps {
  /** The whole picture, as it is shown. */
  shown: ImageBitmap
  picture: Dimensions
  blurs: readonly Blur[]
  name: string
}

/** The whole picture with what has been blurred. */
function EditCanvas({ shown, picture, blurs, name }: EditCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    context.clearRect(0, 0, shown.width, shown.height)
    context.drawImage(shown, 0, 0)
    const placing = placeIn(picture, { crop: null, blurs }, Math.max(shown.width, shown.height))
    blurParts(context, blurs, placing, false)
  }, [shown, picture, blurs])
  return <canvas ref={canvas} width={shown.width} height={shown.height} role="img" aria-label={name} />
}
