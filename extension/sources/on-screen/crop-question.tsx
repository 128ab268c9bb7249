import { useEffect, useRef } from 'react'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { useObjectUrl } from '../../ui/use-object-url.ts'
import { intake } from '../intake.ts'
import { focusSlot } from '../slots/focus-slot.ts'
import type { Crop } from './crop-capture.ts'

interface CropQuestionProps {
  slotId: string
  crop: Crop
  onAgain: () => void
  onNot: () => void
}

/** Shows the crop before it becomes a source: what lay over the picture on the page is in it. */
export function CropQuestion({ slotId, crop, onAgain, onNot }: CropQuestionProps) {
  const t = useT()
  const url = useObjectUrl(crop.blob)
  const yes = useRef<HTMLButtonElement>(null)
  useEffect(() => yes.current?.focus(), [])

  const use = () => {
    focusSlot(slotId)
    void intake.refill(slotId, crop.blob)
  }
  return (
    <div className="on-screen">
      {url ? <img src={url} alt={t('sources.on_screen.alt')} /> : null}
      <p>
        {t('sources.on_screen.ask')} {crop.isPartly ? t('sources.on_screen.partly') : null}
      </p>
      <div className="note-actions">
        <Button ref={yes} onClick={use}>
          {t('sources.on_screen.yes')}
        </Button>
        <Button onClick={onNot}>{t('sources.on_screen.no')}</Button>
        {crop.isPartly ? (
          <Button look="link" onClick={onAgain}>
            {t('sources.on_screen.retake')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
