import type { KeyboardEvent, PointerEvent } from 'react'
import type { Role } from '../../../bff/contract/models.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { settings } from '../../platform/settings.ts'
import { IconButton } from '../../ui/button.tsx'
import { removeSource } from '../intake.ts'
import type { DragOrder } from '../reorder/use-drag-order.ts'
import { moveSlot, setLocked, setRole, useSources } from '../store.ts'
import { slotButtonId } from './focus-slot.ts'
import type { AssignedSlot } from './roles.ts'
import type { Slot } from './slot.ts'

interface SlotCardProps {
  assigned: AssignedSlot
  name: string
  roles: readonly Role[]
  open: boolean
  /** The backend did not take its picture. */
  refused: boolean
  /** Id of the details below the slots. */
  controls: string
  onOpen: (open: boolean) => void
  /** How it takes part in a drag under way. */
  drag: ReturnType<DragOrder['partOf']>
  onPress: (press: PointerEvent<HTMLElement>) => void
}

/** Takes a slot away; the focus goes on to what comes next in the row. */
const removeAt = (id: string, element: Element) => {
  element.closest('li')?.nextElementSibling?.querySelector('button')?.focus()
  removeSource(id)
}

const isLockKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  key.toLowerCase() === 'l' && !ctrlKey && !metaKey && !altKey && settings.getState().singleKeys

/** One picture with its role. The picture opens the details; dragging or Alt+arrows move it, L locks it, Delete takes it away. */
export function SlotCard({ assigned, name, roles, open, refused, controls, onOpen, drag, onPress }: SlotCardProps) {
  const { slot, role, used } = assigned
  const t = useT()
  const thumbnail = useSources(({ thumbnails }) => thumbnails[slot.id])

  const toggleLock = () => setLocked(slot.id, !slot.locked)

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Delete' || event.key === 'Backspace') removeAt(slot.id, event.currentTarget)
    else if (event.altKey && event.key === 'ArrowLeft') moveSlot(slot.id, -1)
    else if (event.altKey && event.key === 'ArrowRight') moveSlot(slot.id, 1)
    else if (isLockKey(event)) toggleLock()
    else return
    event.preventDefault()
  }

  const said =
    slot.state.kind === 'loading'
      ? t('sources.loading')
      : !used && slot.state.kind === 'ready'
        ? t('sources.unused')
        : undefined

  return (
    <li
      className="sources-slot"
      data-state={slot.state.kind}
      data-used={used}
      data-refused={refused || undefined}
      data-drag={drag}
    >
      <button
        id={slotButtonId(slot.id)}
        type="button"
        className="sources-picture"
        aria-label={[t('sources.slot', { name }), said].filter(Boolean).join(', ')}
        aria-expanded={open}
        aria-controls={open ? controls : undefined}
        title={name}
        onClick={() => onOpen(!open)}
        aria-keyshortcuts="L Delete Alt+ArrowLeft Alt+ArrowRight"
        onKeyDown={onKeyDown}
        onPointerDown={onPress}
      >
        {thumbnail ? <img src={thumbnail} alt="" draggable={false} /> : null}
        {slot.state.kind === 'loading' ? <span className="sources-wait">{said}</span> : null}
        {!used && slot.state.kind === 'ready' ? <span className="sources-unused">{said}</span> : null}
        {slot.state.kind === 'failed' ? <span className="sources-broken" aria-hidden="true" /> : null}
      </button>
      <IconButton
        className="sources-lock"
        icon={slot.locked ? 'lock' : 'unlock'}
        label={t('sources.lock', { name })}
        pressed={slot.locked}
        onClick={toggleLock}
      />
      <IconButton
        className="sources-remove"
        icon="close"
        label={t('sources.remove', { name })}
        onClick={event => removeAt(slot.id, event.currentTarget)}
      />
      <RoleChoice slot={slot} role={role} roles={roles} name={name} />
    </li>
  )
}

interface RoleChoiceProps {
  slot: Slot
  role: Role
  roles: readonly Role[]
  name: string
}

/** What the picture is for, and how much it counts. */
function RoleChoice({ slot, role, roles, name }: RoleChoiceProps) {
  const t = useT()
  return (
    <div className="sources-role">
      <select
        aria-label={t('sources.role', { name })}
        value={role}
        onChange={event => setRole(slot.id, event.currentTarget.value as Role)}
      >
        {roles.map(offered => (
          <option key={offered} value={offered}>
            {t(`sources.role.${offered}`)}
          </option>
        ))}
      </select>
      <span>{slot.weight}</span>
    </div>
  )
}
