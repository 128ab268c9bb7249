import { useT } from '../../platform/i18n/i18n.ts'
import { seenAt } from '../on-screen/on-screen.ts'
import { OnScreenOffer } from '../on-screen/on-screen-offer.tsx'
import type { ReadFailure } from '../readers/read-error.ts'
import type { Slot } from './slot.ts'

function OnScreen({ slot }: { slot: Slot }) {
  const origin = seenAt(slot)
  return origin ? <OnScreenOffer slotId={slot.id} origin={origin} /> : null
}

/** Somebody who brought the file itself has nothing to drag or load: the sentence is about the file. */
const sentenceOf = (reason: ReadFailure, origin: Slot['origin']['kind']) => {
  const isFile = origin === 'file' || origin === 'dropped' || origin === 'pasted'
  return isFile && reason === 'not_a_picture'
    ? 'sources.failed.file_not_a_picture'
    : (`sources.failed.${reason}` as const)
}

/** Why pictures could not be taken, and what to do instead: beside the slots they are about. */
export function Failures({ slots, nameOf }: { slots: readonly Slot[]; nameOf: (slot: Slot) => string }) {
  const t = useT()
  return (
    <div role="status" className="sources-failures">
      {slots.map(slot =>
        slot.state.kind === 'ready' && slot.state.isPart ? (
          <p key={slot.id} className="sources-sentence">
            <b>{nameOf(slot)}</b> {t('sources.part')}
          </p>
        ) : slot.state.kind === 'failed' ? (
          <div key={slot.id} className="note sources-note">
            <p>
              <b>{nameOf(slot)}</b> {t(sentenceOf(slot.state.reason, slot.origin.kind))}
            </p>
            <OnScreen slot={slot} />
          </div>
        ) : null,
      )}
    </div>
  )
}
