import './on-screen.css'
import { useEffect, useState } from 'react'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import type { PageOrigin } from '../slots/slot.ts'
import { usePage } from '../strip/page-store.ts'
import type { Crop } from './crop-capture.ts'
import { CropQuestion } from './crop-question.tsx'
import { isOnScreen, takeOnScreen } from './on-screen.ts'
import type { CropFailure } from './take-crop.ts'

/** Whether the picture's page is in front and knows where the picture is. */
const useIsOnScreen = (origin: PageOrigin) => {
  const isInFront = usePage(({ tabId, state }) => tabId === origin.tabId && state === 'connected')
  const [isThere, setThere] = useState(false)
  const { tabId, frame, pictureId } = origin
  useEffect(() => {
    if (!isInFront) return
    let current = true
    void isOnScreen({ kind: 'page', tabId, frame, pictureId }).then(there => current && setThere(there))
    return () => {
      current = false
      setThere(false)
    }
  }, [isInFront, tabId, frame, pictureId])
  return isThere
}

interface OnScreenOfferProps {
  slotId: string
  origin: PageOrigin
}

/** The last resort for a picture that cannot be read: what is on the screen, shown to the person before it is used. */
export function OnScreenOffer({ slotId, origin }: OnScreenOfferProps) {
  const t = useT()
  const isThere = useIsOnScreen(origin)
  const [taken, setTaken] = useState<Crop | CropFailure | 'taking' | null>(null)

  const take = async () => {
    setTaken('taking')
    setTaken(await takeOnScreen(origin))
  }

  if (taken !== null && typeof taken === 'object')
    return <CropQuestion slotId={slotId} crop={taken} onAgain={take} onNot={() => setTaken(null)} />
  if (!isThere && taken === null) return null
  return (
    <div className="note-actions">
      {taken !== null && taken !== 'taking' ? <p>{t(`sources.on_screen.${taken}`)}</p> : null}
      <Button look="link" aria-disabled={taken === 'taking'} onClick={() => taken !== 'taking' && void take()}>
        {t('sources.on_screen.take')}
      </Button>
    </div>
  )
}
