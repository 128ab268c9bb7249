import { useEffect, useRef } from 'react'
import type { Dimensions } from '../inspect/dimensions.ts'
import { blurParts } from './blur.ts'
import type { Blur } from './edits.ts'
import { placeIn } from './placing.ts'

interface EditCanvasProps {
  /** The whole picture, as it is shown. */
  shown: ImageBitmap
  picture: Dimensions
  blurs: readonly Blur[]
  name: string
}

/** The whole picture with what has been blurred. */
export function EditCanvas({ shown, picture, blurs, name }: EditCanvasProps) {
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
