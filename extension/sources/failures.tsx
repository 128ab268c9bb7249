import { useT } from '../platform/i18n.ts'
import type { Slot } from './slot.ts'

/** Why pictures could not be taken, and what to do instead: beside the slots they are about. */
export function Failures({ slots, nameOf }: { slots: readonly Slot[]; nameOf: (slot: Slot) => string }) {
  const t = useT()
  return (
    <div role="status" className="sources-failures">
      {slots.map(slot =>
        slot.state.kind === 'failed' ? (
          <p key={slot.id} className="note sources-note">
            <b>{nameOf(slot)}</b> {t(`sources.failed.${slot.state.reason}`)}
          </p>
        ) : null,
      )}
    </div>
  )
}
