import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { refreshBalance, startSignIn } from '../../account/store.ts'
import { loadModels } from '../../catalogue/catalogue.ts'
import { addGeneration } from '../../jobs/jobs.ts'
import { api } from '../../platform/api/api.ts'
import type { ApiProblem, ApiProblemCode } from '../../platform/api/problem.ts'
import { prepareSources } from '../../sources/prepare.ts'
import { draftKeeper } from '../draft/start.ts'
import { rememberModel } from '../models/recent.ts'
import { readDesk } from '../order/order.ts'
import { currentModel } from '../store.ts'
import { type Asked, createSubmit } from './create-submit.ts'
import { createPressGuard } from './press-guard.ts'
import { acknowledge, isAcknowledgedFor, rememberedStore, rememberPrompt } from './remembered.ts'

export interface Submission {
  /** `telling`: the person is asked to acknowledge where their pictures go. */
  stage: 'idle' | 'telling' | 'sending'
  /** Why the last press brought nothing; gone as soon as something is changed. */
  problem: ApiProblem | null
}

const idle: Submission = { stage: 'idle', problem: null }

export const submissionStore = createStore<Submission>(() => idle)

export const useSubmission = () => useStore(submissionStore)

const submit = createSubmit({
  intent: {
    current: async () => (await draftKeeper).intent.current(),
    keep: async intent => (await draftKeeper).intent.keep(intent),
  },
  prepare: prepareSources,
  generate: api.generate,
  newKey: () => crypto.randomUUID(),
  now: Date.now,
})

const isAboutCatalogue = (code: ApiProblemCode) =>
  ['price_changed', 'model_unknown', 'model_retired', 'model_needs_key', 'option_not_offered'].includes(code)

/** What the panel shows is read again where the refusal says that it is out of date. */
const catchUp = ({ code }: ApiProblem) => {
  if (isAboutCatalogue(code)) void loadModels()
  if (code === 'insufficient_credits') void refreshBalance().catch(() => {})
}

/** True when a job was made. */
const send = async (asked: Asked): Promise<boolean> => {
  submissionStore.setState({ stage: 'sending', problem: null })
  const outcome = await submit(asked)
  submissionStore.setState({ stage: 'idle', problem: outcome.kind === 'problem' ? outcome.problem : null })
  if (outcome.kind === 'problem') catchUp(outcome.problem)
  if (outcome.kind !== 'accepted') return false
  addGeneration(outcome.generation)
  void rememberPrompt(asked.prompt).catch(() => {})
  void rememberModel(asked.model.id).catch(() => {})
  // The balance on the screen may be old for a moment; the answer itself is already here.
  void refreshBalance().catch(() => {})
  return true
}

/**
 * Generates what the desk holds: asks for sign-in or acknowledgement first where one is missing, does nothing while
 * something else is. True when a job was made.
 */
export const submitGeneration = async ({ confirmed = false } = {}): Promise<boolean> => {
  if (submissionStore.getState().stage === 'sending') return false
  const { readiness, asked } = readDesk()
  if (readiness.kind === 'sign_in') await startSignIn()
  if (readiness.kind !== 'ready' || !asked) return false
  if (isAcknowledgedFor(rememberedStore.getState().acknowledged, asked.model)) return send({ ...asked, confirmed })
  submissionStore.setState({ stage: 'telling' })
  return false
}

const guard = createPressGuard(() => performance.now())

/** For clicks and keys: several at once are one press. */
const press = async (options: { confirmed: boolean }) => {
  if (guard.isNew() && !(await submitGeneration(options))) guard.reset()
}

export const pressGenerate = () => press({ confirmed: false })

/** The person was asked because of their own limit, and agreed to the price. */
export const confirmPrice = () => press({ confirmed: true })

/** The person has read where pictures and words go. */
export const acknowledgeAndGenerate = async () => {
  const model = currentModel()
  if (submissionStore.getState().stage !== 'telling' || !model) return
  submissionStore.setState({ stage: 'idle' })
  await acknowledge(model, Date.now())
  await submitGeneration()
}

export const dismissTelling = () => submissionStore.setState({ stage: 'idle' })

/** A refusal is about what was asked; once that changes it is no longer true. */
export const forgetProblem = () => {
  const { stage, problem } = submissionStore.getState()
  if (problem || stage === 'telling')
    submissionStore.setState({ problem: null, ...(stage === 'telling' && { stage: 'idle' }) })
}
