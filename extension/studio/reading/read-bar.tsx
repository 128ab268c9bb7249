import './reading.css'
import { useId, useState } from 'react'
import { useStore } from 'zustand'
import { useModelName } from '../../catalogue/use-model-name.ts'
import { stopJob } from '../../jobs/actions.ts'
import { wholeSeconds } from '../../jobs/progress.ts'
import { isOpen, type Job } from '../../jobs/state.ts'
import { useLocalText, useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ModelInfo } from '../models/model-info.tsx'
import type { Order } from '../order/order.ts'
import { destinationWords } from '../press/destination.ts'
import { reading } from './reading.ts'
import { WhichPicture, WhichReader } from './reading-choices.tsx'
import { ReadingNote } from './reading-note.tsx'
import { useAwaitedJob } from './reading-order.ts'

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

/** A reading under way: how long it usually takes, and the way to stop it. */
function Waiting({ job }: { job: Job }) {
  const t = useT()
  const model = useModelName(job.model)
  const [isStopping, setStopping] = useState(false)
  const stop = async () => {
    setStopping(true)
    await stopJob(job)
    setStopping(false)
  }
  return (
    <div className="reading-offer">
      <p role="status">
        {job.state === 'queued' && job.ahead > 0
          ? t('results.stage_queued', { ahead: job.ahead })
          : t('reading.waiting', { model, seconds: wholeSeconds(job.usualMs) })}
      </p>
      <Button look="link" disabled={isStopping} onClick={() => void stop()}>
        {t('results.stop')}
      </Button>
    </div>
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
