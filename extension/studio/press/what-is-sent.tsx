import { useStore } from 'zustand'
import { useT } from '../../platform/i18n/i18n.ts'
import { isReady, type Slot } from '../../sources/slots/slot.ts'
import { slotName } from '../../sources/slots/slot-name.ts'
import { useSources } from '../../sources/store.ts'
import { useCleanCopy } from '../../sources/use-clean-copy.ts'
import { formatBytes } from '../../ui/format-bytes.ts'
import { orderStore } from '../order/current.ts'
import { promptLength } from '../order/readiness.ts'

/** One picture, by the very copy that would go. */
function SentPicture({ slot, name, maxSide }: { slot: Slot; name: string; maxSide: number }) {
  const t = useT()
  const copy = useCleanCopy(slot, maxSide)
  if (!copy) return t('studio.sent.waiting', { name })
  return t('studio.sent.picture', {
    name,
    width: String(copy.width),
    height: String(copy.height),
    format: copy.blob.type.slice('image/'.length).toUpperCase(),
    bytes: formatBytes(copy.blob.size),
  })
}

/** Lists what leaves this computer with the next press, and what never does. */
export function WhatIsSent() {
  const t = useT()
  const order = useStore(orderStore)
  const slots = useSources(sources => sources.slots)
  if (!order) return null
  const { prompt, negative, pictures, model } = order
  return (
    <ul className="studio-sent">
      {pictures.map(({ slot }) =>
        isReady(slot) ? (
          <li key={slot.id}>
            <SentPicture slot={slot} name={slotName(t, slot, slots.indexOf(slot))} maxSide={model.pictures.maxSide} />
          </li>
        ) : null,
      )}
      <li>{prompt === '' ? t('studio.sent.no_words') : t('studio.sent.words', { count: promptLength(prompt) })}</li>
      {negative === '' ? null : <li>{t('studio.sent.negative', { count: promptLength(negative) })}</li>}
      <li>{t('studio.sent.never')}</li>
    </ul>
  )
}
