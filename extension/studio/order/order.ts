import { useStore } from 'zustand'
import type { Generation } from '../../../bff/contract/generations.ts'
import type { Model } from '../../../bff/contract/models.ts'
import { priceOf } from '../../../bff/contract/values.ts'
import { type Account, account } from '../../account/store.ts'
import { currentLanguage, type Language, useLanguage } from '../../platform/i18n/i18n.ts'
import { type AssignedSlot, assignSlots } from '../../sources/slots/roles.ts'
import type { Slot } from '../../sources/slots/slot.ts'
import { sourcesStore } from '../../sources/store.ts'
import type { Asked } from '../press/create-submit.ts'
import { sentWords } from '../prompt/words.ts'
import { currentModel, studioStore, useCurrentModel } from '../store.ts'
import { type Choices, type OrderOptions, optionsFor } from './choices.ts'
import { type Readiness, readinessOf } from './readiness.ts'

export interface Desk {
  readiness: Readiness
  price: number
  /** How many pictures would go. */
  pictures: number
  /** Undefined until the catalogue has been read. */
  asked: Asked | undefined
}

interface Lying {
  model: Model | undefined
  choices: Choices
  slots: readonly Slot[]
  account: Pick<Account, 'status' | 'balance'>
  /** That of the panel. */
  language: Language
}

const askedOf = (
  model: Model,
  { prompt, negative }: { prompt: string; negative: string },
  options: OrderOptions,
  price: number,
  used: AssignedSlot[],
): Asked => ({
  model,
  prompt,
  negative,
  options,
  price,
  slots: used.map(({ slot, role }) => [slot.id, role, slot.weight, slot.edits]),
})

/** Everything that lies ready for one press: what would be asked, at which price, and what is still missing. */
export const deskOf = ({ model, choices, slots, account, language }: Lying): Desk => {
  const assigned = model ? assignSlots(slots, model.pictures) : []
  const used = assigned.filter(slot => slot.used)
  const words = sentWords(choices, model, language)
  const options = model && optionsFor(model, choices)
  const price = model && options ? priceOf(model.price, options, used.length) : 0
  return {
    price,
    pictures: used.length,
    asked: model && options && askedOf(model, words, options, price, used),
    readiness: readinessOf({
      session: account.status,
      model,
      slots: assigned,
      prompt: words.prompt,
      price,
      available: account.balance?.available ?? null,
    }),
  }
}

/** Whether the next press would ask for the same as this job, as far as a job remembers. */
export const isAskedFor = (
  { asked }: Desk,
  { model, prompt, negative, options, price }: Pick<Generation, 'model' | 'prompt' | 'negative' | 'options' | 'price'>,
) =>
  asked !== undefined &&
  asked.model.id === model &&
  asked.prompt === prompt.trim() &&
  asked.negative === negative.trim() &&
  asked.options.aspect === options.aspect &&
  asked.options.size === options.size &&
  asked.options.quality === options.quality &&
  asked.options.count === options.count &&
  asked.options.transparent === options.transparent &&
  asked.price === price

export const readDesk = (): Desk =>
  deskOf({
    model: currentModel(),
    choices: studioStore.getState(),
    slots: sourcesStore.getState().slots,
    account: account.getState(),
    language: currentLanguage(),
  })

export const useDesk = (): Desk => {
  const model = useCurrentModel()
  const choices = useStore(studioStore)
  const slots = useStore(sourcesStore, state => state.slots)
  const person = useStore(account)
  const language = useLanguage()
  return deskOf({ model, choices, slots, account: person, language })
}
