import { currencies, priceOf } from '../contract/values.ts'
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
    .flatMap(casesOf)
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

function casesOf({ id, sizes, options, pictures, price, cost }: ModelEntry): Offer[] {
  const qualities = options.qualities.length > 0 ? options.qualities : [null]
  return sizes.flatMap(({ name: size }) =>
    qualities.flatMap(quality =>
      [pictures.min, pictures.max].map(sent => ({
        what: [id, size, quality, `${sent} pictures`].filter(Boolean).join(', '),
        credits: priceOf(price, { size, quality }, sent),
        cost: priceOf(cost, { size, quality }, sent),
      })),
    ),
  )
}
