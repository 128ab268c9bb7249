import type { Model } from '../../../bff/contract/models.ts'
import { useModels } from '../../catalogue/catalogue.ts'
import { isOpen } from '../../catalogue/offered.ts'
import { useLanguage } from '../../platform/i18n/i18n.ts'
import { useDesk } from '../order/order.ts'
import { promptLength } from '../order/readiness.ts'
import { usePriceFor } from '../order/use-price.ts'
import { wordsOf } from '../prompt/words.ts'
import { useStudio } from '../store.ts'
import { alternativeTo } from './alternative.ts'

export interface Alternative {
  model: Model
  price: number
}

/** The cheapest other model for what lies ready now; undefined where there is none. */
export const useAlternative = (modelId: string | undefined): Alternative | undefined => {
  const list = useModels(models => models.list)
  const choices = useStudio(state => state)
  const { pictures } = useDesk()
  const { prompt } = wordsOf(choices, useLanguage())
  const priceFor = usePriceFor()
  const need = { pictures, words: promptLength(prompt), transparent: choices.transparent }
  return alternativeTo(list ?? [], modelId, need, priceFor)
}

/** The model that follows one that was or will be switched off, where it can be used. */
export const useSuccessor = (modelId: string | undefined, named?: string | undefined): Alternative | undefined => {
  const list = useModels(models => models.list) ?? []
  const priceFor = usePriceFor()
  const id = named ?? list.find(model => model.id === modelId)?.successor
  const model = list.find(other => other.id === id)
  return model && isOpen(model) ? { model, price: priceFor(model) } : undefined
}
