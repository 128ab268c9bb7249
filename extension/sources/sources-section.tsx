import './sources.css'
import { type ReactNode, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Model } from '../../bff/contract/models.ts'
import { useLocalText, useT } from '../platform/i18n/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/section.tsx'
import { togglePicking } from './inputs/inputs.ts'
import { clearSources } from './intake.ts'
import { useDragOrder } from './reorder/use-drag-order.ts'
import { AddTile } from './slots/add-tile.tsx'
import { Failures } from './slots/failures.tsx'
import { assignSlots, fullCapacity, sentSlots } from './slots/roles.ts'
import { isReady, maxSlots, type Slot } from './slots/slot.ts'
import { SlotCard } from './slots/slot-card.tsx'
import { SlotDetails } from './slots/slot-details.tsx'
import { slotName } from './slots/slot-name.ts'
import { moveSlot, useSources } from './store.ts'
import { usePage } from './strip/page-store.ts'
import { PageStrip } from './strip/page-strip.tsx'
import { PickingHint } from './strip/picking-hint.tsx'

interface SourcesSectionProps {
  /** The chosen model, for what it takes; undefined while none is known. */
  model: Pick<Model, 'name' | 'pictures'> | undefined
  /** What the backend said about the pictures that were sent ... */
  note: ReactNode
  /** ... and which of them it is about. */
  refused: number | null
  /** What the rooms above can do with one picture, as buttons. */
  actions: (slotId: string) => ReactNode
}

/** What the picture is made from: the slots with their roles, and the pictures of the page. */
export function SourcesSection({ model, note, refused, actions }: SourcesSectionProps) {
  const t = useT()
  const localText = useLocalText()
  const slots = useSources(sources => sources.slots)
  const picking = usePage(page => page.picking)
  const isConnected = usePage(({ state }) => state === 'connected')
  const [openId, setOpenId] = useState<string | null>(null)
  const detailsId = useId()
  const list = useRef<HTMLUListElement>(null)
  const order = useDragOrder(list, (from, to) => {
    const slot = slots[from]
    if (slot) moveSlot(slot.id, to - from)
  })
  const capacity = model?.pictures ?? fullCapacity
  const assigned = assignSlots(slots, capacity)
  const hasUnused = assigned.some(({ slot, used }) => !used && isReady(slot))
  const nameOf = (slot: Slot) => slotName(t, slot, slots.indexOf(slot))
  const clearAll = () => {
    flushSync(clearSources)
    // The button goes with the slots; the focus stays among what is left.
    list.current?.querySelector('button')?.focus()
  }
  const open = slots.find(slot => slot.id === openId)
  const refusedSlot = refused === null ? undefined : sentSlots(assigned)[refused]?.slot

  return (
    <>
      <Section
        title={t('sources.title')}
        aside={
          <div className="sources-choices">
            {slots.length > 1 && slots.some(({ locked }) => !locked) ? (
              <Button look="link" title={t('sources.clear_hint')} onClick={clearAll}>
                {t('sources.clear')}
              </Button>
            ) : null}
            <Button look="link" disabled={!isConnected} onClick={togglePicking}>
              {t(picking ? 'sources.pick_stop' : 'sources.pick')}
            </Button>
          </div>
        }
      >
        <ul ref={list} className="sources-slots">
          {assigned.map((entry, index) => (
            <SlotCard
              key={entry.slot.id}
              assigned={entry}
              name={nameOf(entry.slot)}
              roles={capacity.roles}
              open={entry.slot.id === openId}
              refused={entry.slot === refusedSlot}
              controls={detailsId}
              onOpen={opens => {
                if (!order.isClickOfDrag()) setOpenId(opens ? entry.slot.id : null)
              }}
              drag={order.partOf(index)}
              onPress={press => order.begin(press, index, '.sources-slot')}
            />
          ))}
          {slots.length < maxSlots ? <AddTile empty={slots.length === 0} /> : null}
        </ul>
        {open ? (
          <SlotDetails
            id={detailsId}
            slot={open}
            name={nameOf(open)}
            maxSide={model?.pictures.maxSide}
            onClose={() => setOpenId(null)}
            actions={actions}
          />
        ) : null}
        {hasUnused && model ? (
          <p className="sources-sentence">
            {t('sources.unused_note', { model: localText(model.name), count: capacity.max })}
          </p>
        ) : null}
        <PickingHint />
        <Failures slots={slots} nameOf={nameOf} />
        {refusedSlot ? (
          <p role="alert" className="sources-refused">
            <b>{nameOf(refusedSlot)}</b>
          </p>
        ) : null}
        {note}
      </Section>
      <PageStrip />
    </>
  )
}
