import { useStore } from 'zustand'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { promptFieldId } from '../prompt/focus-prompt.ts'
import { reading } from './reading.ts'
import { readingStore } from './reading-store.ts'

/** The same button at a picture itself; its words appear where the prompt is, so that is brought into view. */
export function ReadSlot({ slotId }: { slotId: string }) {
  const t = useT()
  const price = useStore(reading.order, order => order?.price)
  if (price === undefined) return null
  const read = () => {
    readingStore.setState({ slotId })
    document.getElementById(promptFieldId)?.scrollIntoView({ block: 'center' })
    void reading.press()
  }
  return (
    <Button look="link" onClick={read}>
      {t('reading.read_at', { price: t('studio.go.credits', { count: price }) })}
    </Button>
  )
}
