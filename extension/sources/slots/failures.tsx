import { useT } from '../../platform/i18n/i18n.ts'
import { seenAt } from '../on-screen/on-screen.ts'
import { OnScreenOffer } from '../on-screen/on-screen-offer.tsx'
import type { Slot } from './slot.ts'

function OnScreen({ slot }: { slot: Slot }) {
  const origin = seenAt(slot)
  return origin ? <OnScreenOffer slotId={slot.id} origin={origin} /> : null
}

/** Why pictures could not be taken, and what to do instead: beside the slots they are about. */
export function Failures({ slots, nameOf }: { slots: readonly Slot[]; nameOf: (slot: Slot) => string }) {
  const t = useT()
  return (
    <div role="status" className="sources-failures">
      {slots.map(slot =>
        slot.state.kind === 'failed' ? (
          <div key={slot.id} className="note sources-note">
            <p>
              <b>{nameOf(slot)}</b> {t(`sources.failed.${slot.state.reason}`)}
            </p>
            <OnScreen slot={slot} />
          </div>
        ) : null,
      )}
    </div>
  )
}
