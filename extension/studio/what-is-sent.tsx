import { useEffect, useState } from 'react'
import { useT } from '../platform/i18n.ts'
import type { CleanPicture } from '../sources/clean/draw.ts'
import { formatBytes } from '../sources/format-bytes.ts'
import { cleanCopy } from '../sources/prepare.ts'
import { assignSlots } from '../sources/roles.ts'
import { isReady, type Slot } from '../sources/slot.ts'
import { slotName } from '../sources/slot-name.ts'
import { useSources } from '../sources/store.ts'
import { promptLength } from './readiness.ts'
import { useCurrentModel, useStudio } from './store.ts'

/** The very copies that a press of Generate would send. */
const useCleanCopies = (slots: readonly Slot[], maxSide: number | undefined) => {
  const [copies, setCopies] = useState<Readonly<Record<string, CleanPicture>>>({})
  const ids = slots.map(slot => slot.id).join(' ')
  useEffect(() => {
    if (maxSide === undefined || ids === '') return
    let current = true
    for (const id of ids.split(' '))
      cleanCopy(id, maxSide).then(
        copy => current && setCopies(others => ({ ...others, [id]: copy })),
        () => {},
      )
    return () => {
      current = false
    }
  }, [ids, maxSide])
  return copies
}

/** Lists what leaves this computer with the next press, and what never does. */
export function WhatIsSent() {
  const t = useT()
  const model = useCurrentModel()
  const slots = useSources(sources => sources.slots)
  const prompt = useStudio(choices => choices.prompt.trim())
  const used = model
    ? assignSlots(slots, model.pictures).flatMap(({ slot, used }) => (used && isReady(slot) ? slot : []))
    : []
  const copies = useCleanCopies(used, model?.pictures.maxSide)
  return (
    <ul className="studio-sent">
      {used.map(slot => {
        const name = slotName(t, slot, slots.indexOf(slot))
        const copy = copies[slot.id]
        return (
          <li key={slot.id}>
            {copy
              ? t('studio.sent.picture', {
                  name,
                  width: String(copy.width),
                  height: String(copy.height),
                  format: copy.blob.type.slice('image/'.length).toUpperCase(),
                  bytes: formatBytes(copy.blob.size),
                })
              : t('studio.sent.waiting', { name })}
          </li>
        )
      })}
      <li>{prompt === '' ? t('studio.sent.no_words') : t('studio.sent.words', { count: promptLength(prompt) })}</li>
      <li>{t('studio.sent.never')}</li>
    </ul>
  )
}
