import './reading.css'
import { useId, useState } from 'react'
import { useStore } from 'zustand'
import { useModels } from '../../catalogue/catalogue.ts'
import { readingModels } from '../../catalogue/offered.ts'
import { isOpen } from '../../jobs/state.ts'
import { useLocalText, useT } from '../../platform/i18n/i18n.ts'
import { isReady } from '../../sources/slots/slot.ts'
import { slotName } from '../../sources/slots/slot-name.ts'
import { useSources } from '../../sources/store.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { ModelInfo } from '../models/model-info.tsx'
import type { Order } from '../order/order.ts'
import { destinationWords } from '../press/destination.ts'
import { setReader } from '../store.ts'
import { reading } from './reading.ts'
import { ReadingNote } from './reading-note.tsx'
import { readingPrice, useAwaitedJob } from './reading-order.ts'
import { readingStore } from './reading-store.ts'
import { Waiting } from './waiting.tsx'

/** Which of several pictures is read. */
function WhichPicture({ chosen }: { chosen: string | null }) {
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
function WhichReader({ chosen }: { chosen: string }) {
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

function Offer({ order: { model, pictures, price } }: { order: Order }) {
  const t = useT()
  const localText = useLocalText()
  const isSending = useStore(reading.store, ({ phase }) => phase === 'sending')
  const [showsInfo, setShowsInfo] = useState(false)
  const infoId = useId()
  return (
    <>
      <div className="reading-offer">
        <WhichPicture chosen={pictures[0]?.slot.id ?? null} />
        <Button
          className="reading-read"
          aria-disabled={isSending}
          aria-busy={isSending}
          onClick={() => void reading.press()}
        >
          {t('reading.read')} <em>{t('studio.go.credits', { count: price })}</em>
        </Button>
        <WhichReader chosen={model.id} />
      </div>
      <p className="studio-about">
        {destinationWords(t, model, 1)}{' '}
        <Button
          look="link"
          aria-label={t('studio.model.info_named', { model: localText(model.name) })}
          aria-expanded={showsInfo}
          aria-controls={showsInfo ? infoId : undefined}
          onClick={() => setShowsInfo(!showsInfo)}
        >
          {t('studio.model.info')}
        </Button>
      </p>
      {showsInfo ? <ModelInfo id={infoId} model={model} /> : null}
    </>
  )
}

/** Reading a picture into the parts of the prompt: its own button with its own price, and what became of the last press. */
export function ReadBar() {
  const order = useStore(reading.order)
  const job = useAwaitedJob()
  return (
    <div className="reading">
      {job && isOpen(job) ? <Waiting job={job} /> : order ? <Offer order={order} /> : null}
      <ReadingNote />
    </div>
  )
}
