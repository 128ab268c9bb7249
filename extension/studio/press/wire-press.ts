import { refreshBalance, startSignIn } from '../../account/store.ts'
import { loadModels } from '../../catalogue/catalogue.ts'
import { addGeneration } from '../../jobs/jobs.ts'
import { api } from '../../platform/api/api.ts'
import type { ApiProblem, ApiProblemCode } from '../../platform/api/problem.ts'
import { preparePictures } from '../../sources/prepare.ts'
import { draftKeeper } from '../draft/start.ts'
import { followChanges } from './causes.ts'
import { createPress, type Press, type PressKind } from './create-press.ts'
import { acknowledge, isAcknowledgedFor, rememberedStore } from './remembered.ts'
import { createSender } from './send-order.ts'

const ofCatalogue: readonly ApiProblemCode[] = [
  'price_changed',
  'model_unknown',
  'model_retired',
  'model_needs_key',
  'option_not_offered',
]

const readBalance = () => void refreshBalance().catch(() => {})

const catchUp = ({ code }: ApiProblem) => {
  if (ofCatalogue.includes(code)) void loadModels()
  if (code === 'insufficient_credits') readBalance()
}

/** A press of this panel: with its backend, its draft and the person who sits here. */
export const wirePress = (kind: PressKind): Press => {
  const intent = async () => (await draftKeeper).intentOf(kind.name)
  return createPress(kind, {
    send: createSender({
      intent: {
        current: async () => (await intent()).current(),
        keep: async kept => (await intent()).keep(kept),
      },
      prepare: preparePictures,
      generate: api.generate,
      newKey: () => crypto.randomUUID(),
      now: Date.now,
    }),
    signIn: startSignIn,
    isAcknowledged: model => isAcknowledgedFor(rememberedStore.getState().acknowledged, model),
    acknowledge: model => acknowledge(model, Date.now()),
    accepted: generation => {
      addGeneration(generation)
      // The balance on the screen may be old for a moment; the answer itself is already here.
      readBalance()
    },
    catchUp,
    follow: followChanges,
    now: () => performance.now(),
  })
}
