import { currencies } from '../contract/billing.ts'
import { type Priced, price } from '../ledger/prices.ts'
import type { ModelEntry } from '../models/registry.ts'
import { microUsdPerCredit, type Packs } from './packs.ts'

/** One thing a person can order: what it brings and what its provider takes. */
export interface Offer {
  what: string
  credits: number
  /** Millionths of a US dollar. */
  cost: number
}

/** Everything a catalogue sells that costs us something: each model in each size, quality and number of pictures. */
export function offersOf(models: readonly ModelEntry[]): Offer[] {
  return models
    .filter(({ status }) => status !== 'retired')
    .flatMap(model => casesOf(model).map(one => offerOf(model, one)))
    .filter(({ cost }) => cost > 0)
}

/** Offers that bring less than they cost, at the cheapest credit that can be bought. */
export function lossesOf(offers: readonly Offer[], packs: Packs): string[] {
  return offers.flatMap(({ what, credits, cost }) =>
    currencies.flatMap(currency =>
      packs.all().flatMap(pack => {
        const brings = credits * microUsdPerCredit(packs, pack, currency)
        return brings < cost
          ? [
              `${what}: ${credits} credits of "${pack.id}" in ${currency} bring $${(brings / 1e6).toFixed(4)}, not $${(cost / 1e6).toFixed(4)}`,
            ]
          : []
      }),
    ),
  )
}

function casesOf({ sizes, options, pictures }: ModelEntry): Priced[] {
  const qualities = options.qualities.length > 0 ? options.qualities : [null]
  const counts = [pictures.min, pictures.max]
  return sizes.flatMap(({ name: size }) =>
    qualities.flatMap(quality => counts.map(sent => ({ size, quality, pictures: sent, count: 1 }))),
  )
}

function offerOf(model: ModelEntry, one: Priced): Offer {
  const what = [model.id, one.size, one.quality, `${one.pictures} pictures`].filter(Boolean).join(', ')
  return { what, credits: price(model.price, one), cost: price(model.cost, one) }
}
