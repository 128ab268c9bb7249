import type { Model } from '../../../bff/contract/models.ts'
import type { Priced } from './priced.ts'

/** One form for what looks or sounds the same: width, case, accents. */
const folded = (text: string) => text.normalize('NFKC').toLowerCase()

const wordsOf = ({ id, name, maker, via }: Model) =>
  folded([id, ...Object.values(name), ...Object.values(maker), via ?? ''].join(' '))

/** Models whose name, maker or id has every word that was typed. */
export const searchModels = (models: readonly Priced[], typed: string) => {
  const wanted = folded(typed).split(/\s+/)
  return models.filter(({ model }) => wanted.every(word => wordsOf(model).includes(word)))
}

export interface Group {
  /** Null: those used last. */
  maker: Model['maker'] | null
  models: Priced[]
}

/** Those used last, then all by maker; makers and models keep the catalogue's order, what cannot be used comes last. */
export const groupModels = (models: readonly Priced[], recent: readonly string[]): Group[] => {
  const isReady = ({ model }: Priced) => model.availability === 'ready'
  const used = recent.flatMap(id => models.filter(entry => entry.model.id === id && isReady(entry)))
  const byMaker = Map.groupBy(
    [...models.filter(isReady), ...models.filter(entry => !isReady(entry))],
    entry => entry.model.maker.en,
  )
  const groups = [...byMaker.values()].map(entries => ({ maker: entries[0]?.model.maker ?? null, models: entries }))
  return used.length > 0 ? [{ maker: null, models: used }, ...groups] : groups
}
