import { readFileSync } from 'node:fs'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { perCurrency } from '../contract/billing.ts'
import { closed } from '../contract/common.ts'
import { type Currency, currencies } from '../contract/values.ts'

const Amount = Type.Integer({ minimum: 1 })

const PacksFile = closed({
  currencies: perCurrency(
    closed({
      /** The currency's smallest units in a US dollar, at the rate we reckon with. */
      minorPerDollar: Type.Number({ exclusiveMinimum: 0 }),
      /** Tax that is part of the price. */
      taxPercent: Type.Number({ minimum: 0, maximum: 100 }),
      /** What the payment service takes of a payment. */
      feePercent: Type.Number({ minimum: 0, maximum: 100 }),
      feeFixed: Type.Integer({ minimum: 0 }),
      /** The smallest payment it accepts. */
      smallest: Amount,
    }),
  ),
  packs: Type.Array(
    closed({
      id: Type.String({ pattern: '^[a-z]{1,8}$' }),
      credits: Type.Integer({ minimum: 1 }),
      suggested: Type.Boolean(),
      price: perCurrency(Amount),
    }),
    { minItems: 1 },
  ),
})
export type PacksFile = Static<typeof PacksFile>
export type Pack = PacksFile['packs'][number]

export interface Packs {
  all(): readonly Pack[]
  find(id: string): Pack | undefined
  readonly currencies: PacksFile['currencies']
}

/** Thrown at start; says what is wrong with the packs. */
export class PacksError extends Error {
  override name = 'PacksError'
}

export const loadPacks = (): Packs =>
  createPacks(JSON.parse(readFileSync(new URL('packs.json', import.meta.url), 'utf8')))

const shape = Compile(PacksFile)

/** Checks the packs by their schema and against each other, or throws PacksError. */
export function createPacks(file: unknown): Packs {
  if (!shape.Check(file)) {
    const [error] = shape.Errors(file)
    throw new PacksError(`The packs: ${error?.instancePath || '/'} ${error?.message}.`)
  }
  const { packs } = file
  const wrong = (what: string) => new PacksError(`The packs: ${what}.`)
  if (new Set(packs.map(({ id }) => id)).size < packs.length) throw wrong('an id stands twice')
  if (packs.filter(({ suggested }) => suggested).length > 1) throw wrong('more than one is the suggested one')
  for (const currency of currencies)
    for (const [index, pack] of packs.entries()) {
      if (pack.price[currency] < file.currencies[currency].smallest)
        throw wrong(`"${pack.id}" is cheaper in ${currency} than a payment can be`)
      const smaller = packs[index - 1]
      if (smaller && pack.credits <= smaller.credits) throw wrong(`"${pack.id}" is not larger than "${smaller.id}"`)
      if (smaller && pack.price[currency] / pack.credits > smaller.price[currency] / smaller.credits)
        throw wrong(`a credit of "${pack.id}" costs more in ${currency} than one of "${smaller.id}"`)
    }
  return { all: () => packs, find: id => packs.find(pack => pack.id === id), currencies: file.currencies }
}

/** What stays of a credit of this pack after tax and the payment's fee, in millionths of a US dollar. */
export function microUsdPerCredit(packs: Packs, pack: Pack, currency: Currency): number {
  const { minorPerDollar, taxPercent, feePercent, feeFixed } = packs.currencies[currency]
  const paid = pack.price[currency]
  const kept = paid / (1 + taxPercent / 100) - (paid * feePercent) / 100 - feeFixed
  return (kept / minorPerDollar / pack.credits) * 1_000_000
}
