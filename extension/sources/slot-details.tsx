import { useEffect, useId, useState } from 'react'
import { useT } from '../platform/i18n.ts'
import { Button, IconButton } from '../shell/button.tsx'
import type { CleanPicture } from './clean/draw.ts'
import { formatBytes } from './format-bytes.ts'
import { cleanCopy } from './prepare.ts'
import { isReady, type Slot } from './slot.ts'
import { moveSlot, setWeight, useSources } from './store.ts'

interface SlotDetailsProps {
  id: string
  slot: Slot
  name: string
  onClose: () => void
}

/** The copy that would leave the device, made here so that its size can be told before it goes. */
const useCleanCopy = (slot: Slot): CleanPicture | null => {
  const maxSide = useSources(({ model }) => model?.pictures.maxSide)
  const [copy, setCopy] = useState<CleanPicture | null>(null)
  const ready = isReady(slot)
  useEffect(() => {
    if (!ready || maxSide === undefined) return
    let current = true
    cleanCopy(slot.id, maxSide).then(
      made => current && setCopy(made),
      // The press of Generate meets the same trouble, and then the slot says so.
      () => {},
    )
    return () => {
      current = false
      setCopy(null)
    }
  }, [slot.id, ready, maxSide])
  return copy
}

/** What is known of one picture, what of it would be sent, its weight and its place. */
export function SlotDetails({ id, slot, name, onClose }: SlotDetailsProps) {
  const t = useT()
  const weightId = useId()
  const copy = useCleanCopy(slot)
  const { state } = slot
  return (
    <section id={id} className="sources-details" aria-label={t('sources.slot', { name })}>
      <header>
        <b>{name}</b>
        <IconButton icon="close" label={t('sources.details.close')} onClick={onClose} />
      </header>
      {state.kind === 'ready' ? (
        <p>
          {t('sources.details.size', {
            width: String(state.width),
            height: String(state.height),
            bytes: formatBytes(state.bytes),
          })}
          {state.animated ? <br /> : null}
          {state.animated ? t('sources.details.animated') : null}
        </p>
      ) : null}
      {copy ? (
        <p>
          {t('sources.details.sent', {
            width: String(copy.width),
            height: String(copy.height),
            format: copy.blob.type.slice('image/'.length).toUpperCase(),
            bytes: formatBytes(copy.blob.size),
          })}
        </p>
      ) : null}
      <div className="sources-weight">
        <label htmlFor={weightId}>{t('sources.details.weight')}</label>
        <input
          id={weightId}
          type="range"
          min={0}
          max={100}
          step={5}
          value={slot.weight}
          onChange={event => setWeight(slot.id, event.currentTarget.valueAsNumber)}
        />
        <output htmlFor={weightId}>{slot.weight}</output>
      </div>
      <div className="sources-moves">
        <Button look="link" onClick={() => moveSlot(slot.id, -1)}>
          {t('sources.details.earlier')}
        </Button>
        <Button look="link" onClick={() => moveSlot(slot.id, 1)}>
          {t('sources.details.later')}
        </Button>
      </div>
    </section>
  )
}
