import { type ReactNode, useId, useState } from 'react'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { formatBytes } from '../../ui/format-bytes.ts'
import { EditView } from '../edit/edit-view.tsx'
import { isEdited } from '../edit/edits.ts'
import { moveSlot, setWeight } from '../store.ts'
import { useCleanCopy } from '../use-clean-copy.ts'
import type { Slot } from './slot.ts'

interface SlotDetailsProps {
  id: string
  slot: Slot
  name: string
  /** Of the copy that would be sent, in pixels; undefined while no model is known. */
  maxSide: number | undefined
  onClose: () => void
  /** What the rooms above can do with one picture. */
  actions: (slotId: string) => ReactNode
}

/** What is known of one picture, what of it would be sent, its weight and where it stands in the row. */
export function SlotDetails({ id, slot, name, maxSide, onClose, actions }: SlotDetailsProps) {
  const t = useT()
  const weightId = useId()
  const copy = useCleanCopy(slot, maxSide)
  const [isEditing, setEditing] = useState(false)
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
          {state.isPart ? <br /> : null}
          {state.isPart ? t('sources.part') : null}
        </p>
      ) : null}
      {isEdited(slot.edits) ? <p>{t('sources.edit.note')}</p> : null}
      <p className="sources-sent">
        {copy
          ? t('sources.details.sent', {
              width: String(copy.width),
              height: String(copy.height),
              format: copy.blob.type.slice('image/'.length).toUpperCase(),
              bytes: formatBytes(copy.blob.size),
            })
          : null}
      </p>
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
        {state.kind === 'ready' ? (
          <Button look="link" onClick={() => setEditing(true)}>
            {t('sources.edit')}
          </Button>
        ) : null}
        {state.kind === 'ready' ? actions(slot.id) : null}
        <Button look="link" onClick={() => moveSlot(slot.id, -1)}>
          {t('sources.details.earlier')}
        </Button>
        <Button look="link" onClick={() => moveSlot(slot.id, 1)}>
          {t('sources.details.later')}
        </Button>
      </div>
      {isEditing && state.kind === 'ready' ? (
        <EditView slot={slot} picture={state} name={name} onClose={() => setEditing(false)} />
      ) : null}
    </section>
  )
}
