import { t } from '../../platform/i18n/i18n.ts'
import { showNotice } from '../../ui/notices.ts'
import { sourceBytes } from '../bytes.ts'
import { cleanPicture } from '../clean/clean.ts'
import { thumbnailSide } from '../clean/fit.ts'
import { findSlot, setEdits, setThumbnail } from '../store.ts'
import type { Edits } from './edits.ts'

/** Shows the slot as it is edited, now and when the panel opens again. */
const renewThumbnail = async (id: string, edits: Edits) => {
  const stored = await sourceBytes.get(id)
  if (!stored) return
  const { blob: thumbnail } = await cleanPicture(stored.original, thumbnailSide, edits)
  // Edited once more or taken away meanwhile.
  if (findSlot(id)?.edits !== edits) return
  await sourceBytes.put({ ...stored, thumbnail })
  setThumbnail(id, thumbnail)
}

const change = async (id: string, edits: Edits) => {
  // At once: from here on nothing unedited is sent.
  setEdits(id, edits)
  // Nothing is shown rather than what the person has just hidden.
  await renewThumbnail(id, edits).catch(() => setThumbnail(id, null))
}

/** Edits a slot's picture; what it was before comes back with Undo. */
export const applyEdits = (id: string, edits: Edits): Promise<void> => {
  const before = findSlot(id)?.edits
  if (!before) return Promise.resolve()
  showNotice({ text: t('sources.edit.done_notice'), undo: () => change(id, before) })
  return change(id, edits)
}
