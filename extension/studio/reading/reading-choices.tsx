import { useModels } from '../../catalogue/catalogue.ts'
import { readingModels } from '../../catalogue/offered.ts'
import { useLocalText, useT } from '../../platform/i18n/i18n.ts'
import { isReady } from '../../sources/slots/slot.ts'
import { slotName } from '../../sources/slots/slot-name.ts'
import { useSources } from '../../sources/store.ts'
import { Choice } from '../../ui/choice.tsx'
import { setReader } from '../store.ts'
import { readingPrice } from './reading-order.ts'
import { readingStore } from './reading-store.ts'

/** Which of several pictures is read. */
export function WhichPicture({ chosen }: { chosen: string | null }) {
  const t = useT()
  const slots = useSources(sources => sources.slots)
  const thumbnails = useSources(sources => sources.thumbnails)
  const options = slots.filter(isReady).map(slot => ({
    value: slot.id,
    name: slotName(t, slot, slots.indexOf(slot)),
    label: <img src={thumbnails[slot.id]} alt="" />,
  }))
  if (options.length < 2) return null
  return (
    <Choice
      className="reading-which"
      label={t('reading.which')}
      options={options}
      value={chosen}
      onChange={slotId => readingStore.setState({ slotId })}
    />
  )
}

/** Which model reads it, with its price. */
export function WhichReader({ chosen }: { chosen: string }) {
  const t = useT()
  const localText = useLocalText()
  const readers = readingModels(useModels(({ list }) => list) ?? [])
  if (readers.length < 2) return null
  return (
    <select
      className="reading-reader"
      aria-label={t('reading.reader')}
      value={chosen}
      onChange={event => setReader(event.currentTarget.value)}
    >
      {readers.map(model => (
        <option key={model.id} value={model.id}>
          {localText(model.name)} · {readingPrice(model)}
        </option>
      ))}
    </select>
  )
}
