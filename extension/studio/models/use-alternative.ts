import type { Model } from '../../../bff/contract/models.ts'
import { useLanguage } from '../../platform/i18n.ts'
import { wordsOf } from '../prompt/words.ts'
import { promptLength } from '../readiness.ts'
import { useStudio } from '../store.ts'
import { useDesk } from '../submit/desk.ts'
import { usePriceFor } from '../use-price.ts'
import { alternativeTo } from './alternative.ts'
import { useModels } from './models.ts'
import { isOpen } from './offered.ts'

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
