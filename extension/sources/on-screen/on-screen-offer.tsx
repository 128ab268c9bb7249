import './on-screen.css'
import { useEffect, useState } from 'react'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import type { PageOrigin } from '../slots/slot.ts'
import { usePage } from '../strip/page-store.ts'
import type { Crop } from './crop-capture.ts'
import type { CropFailure } from './crop-from-screen.ts'
import { CropQuestion } from './crop-question.tsx'
import { cropOnScreen, isOnScreen } from './on-screen.ts'

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
  const [taken, setTaken] = useState<Crop | CropFailure | 'cropping' | null>(null)

  const take = async () => {
    setTaken('cropping')
    setTaken(await cropOnScreen(origin))
  }

  if (taken !== null && typeof taken === 'object')
    return <CropQuestion slotId={slotId} crop={taken} onAgain={take} onNot={() => setTaken(null)} />
  if (!isThere && taken === null) return null
  return (
    <div className="note-actions">
      {taken !== null && taken !== 'cropping' ? <p>{t(`sources.on_screen.${taken}`)}</p> : null}
      <Button look="link" aria-disabled={taken === 'cropping'} onClick={() => taken !== 'cropping' && void take()}>
        {t('sources.on_screen.use')}
      </Button>
    </div>
  )
}
