import type { Model } from '../../../bff/contract/models.ts'
import { modelsStore } from '../../catalogue/catalogue.ts'
import { imageModels, isOpen } from '../../catalogue/offered.ts'
import { derive } from '../../ui/derived-store.ts'
import { pricesStore } from '../order/current.ts'

/** As many chips as two or three rows of a narrow panel hold. */
const most = 5

export interface Priced {
  model: Model
  price: number
  isCheapest: boolean
}

/** Every model that makes pictures, with what it would take now; the catalogue's order. */
export const pricedModels = (list: readonly Model[], prices: ReadonlyMap<string, number>): Priced[] => {
  const priced = imageModels(list).map(model => ({ model, price: prices.get(model.id) ?? 0 }))
  const lowest = Math.min(...priced.filter(({ model }) => isOpen(model)).map(({ price }) => price))
  return priced.map(entry => ({ ...entry, isCheapest: isOpen(entry.model) && entry.price === lowest }))
}

export const pricedStore = derive([modelsStore, pricesStore], ({ list }, prices) => pricedModels(list ?? [], prices))

interface Known {
  chosen: string | undefined
  /** Newest first. */
  recent: readonly string[]
}

const unique = <T>(entries: readonly T[]) => [...new Set(entries)]

/**
 * The few to show first: those used last, a cheapest one, one that stays on the backend's machine, then the catalogue's
 * first. The chosen one is always there, at the end where it would not be among them, so that a choice moves nothing.
 */
export const shortlist = (models: readonly Priced[], { chosen, recent }: Known): Priced[] => {
  const open = models.filter(({ model }) => isOpen(model))
  const used = recent.map(id => open.find(({ model }) => model.id === id))
  const known = [...used, open.find(({ isCheapest }) => isCheapest), open.find(({ model }) => model.country === null)]
  const first = unique([...known, ...open])
    .filter(entry => entry !== undefined)
    .slice(0, most)
  const choice = models.find(({ model }) => model.id === chosen)
  return choice && !first.includes(choice) ? [...first, choice] : first
}
