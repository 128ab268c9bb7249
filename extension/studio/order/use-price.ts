import { useStore } from 'zustand'
import type { Model } from '../../../bff/contract/models.ts'
import { priceOf } from '../../../bff/contract/values.ts'
import { assignSlots } from '../../sources/slots/roles.ts'
import type { Slot } from '../../sources/slots/slot.ts'
import { useSources } from '../../sources/store.ts'
import { studioStore } from '../store.ts'
import { type Choices, optionsFor } from './choices.ts'

/** What a model would take for what lies ready now. */
export const priceWith = (model: Model, choices: Choices, slots: readonly Slot[]) => {
  const pictures = assignSlots(slots, model.pictures).filter(({ used }) => used).length
  return priceOf(model.price, optionsFor(model, choices), pictures)
}

export const usePriceFor = () => {
  const choices = useStore(studioStore)
  const slots = useSources(sources => sources.slots)
  return (model: Model) => priceWith(model, choices, slots)
}
