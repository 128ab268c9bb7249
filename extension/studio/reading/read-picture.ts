import { account, refreshBalance, startSignIn } from '../../account/store.ts'
import { loadModels } from '../../catalogue/catalogue.ts'
import { addGeneration, results } from '../../jobs/jobs.ts'
import { isOpen as isOpenJob } from '../../jobs/state.ts'
import { api } from '../../platform/api/api.ts'
import { prepareSource } from '../../sources/prepare.ts'
import { draftKeeper } from '../draft/start.ts'
import { createSubmit } from '../press/create-submit.ts'
import { createPressGuard } from '../press/press-guard.ts'
import { acknowledge, isAcknowledgedFor, rememberedStore } from '../press/remembered.ts'
import { setView } from '../store.ts'
import { askedOf, type ReadingDesk, readReadingDesk } from './reading-order.ts'
import { readingStore } from './reading-store.ts'

const isUnderWay = () => {
  const { stage, awaited } = readingStore.getState()
  const job = awaited === null ? undefined : results.store.getState().jobs[awaited]
  return stage === 'sending' || (job !== undefined && isOpenJob(job))
}

/** True when a job was made. */
const send = async (desk: ReadingDesk, confirmed: boolean): Promise<boolean> => {
  readingStore.setState({ stage: 'sending', problem: null, awaited: null, offered: null })
  setView('parts')
  const submit = createSubmit({
    intent: {
      current: async () => (await draftKeeper).readingIntent.current(),
      keep: async intent => (await draftKeeper).readingIntent.keep(intent),
    },
    prepare: model => prepareSource(desk.slot, model),
    generate: api.generate,
    newKey: () => crypto.randomUUID(),
    now: Date.now,
  })
  const outcome = await submit({ ...askedOf(desk), confirmed })
  if (outcome.kind === 'accepted') {
    readingStore.setState({ stage: 'idle', awaited: outcome.generation.id })
    addGeneration(outcome.generation)
    void refreshBalance().catch(() => {})
    return true
  }
  readingStore.setState({ stage: 'idle', problem: outcome.kind === 'problem' ? outcome.problem : null })
  if (outcome.kind === 'problem' && outcome.problem.code === 'price_changed') void loadModels()
  return false
}

/** Asks for sign-in or acknowledgement first where one is missing. True when a job was made. */
export const readPicture = async ({ confirmed = false } = {}): Promise<boolean> => {
  const desk = readReadingDesk()
  if (isUnderWay() || !desk) return false
  if (account.getState().status !== 'signed-in') {
    await startSignIn()
    return false
  }
  if (isAcknowledgedFor(rememberedStore.getState().acknowledged, desk.reader)) return send(desk, confirmed)
  readingStore.setState({ stage: 'telling' })
  return false
}

const guard = createPressGuard(() => performance.now())

/** Sends the one picture to be read; a double click is one press. */
export const pressRead = async () => {
  if (guard.isNew() && !(await readPicture())) guard.reset()
}

/** The person has read where the picture goes. */
export const acknowledgeAndRead = async () => {
  const desk = readReadingDesk()
  if (readingStore.getState().stage !== 'telling' || !desk) return
  readingStore.setState({ stage: 'idle' })
  await acknowledge(desk.reader, Date.now())
  await readPicture()
}

export const dismissReadingTelling = () => readingStore.setState({ stage: 'idle' })
