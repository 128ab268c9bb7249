import { type Currency, currencyDecimals } from '../../bff/contract/values.ts'
import { currentLanguage } from '../platform/i18n/i18n.ts'

/** A single credit is worth less than the smallest coin. */
const digitsOfOne = { usd: 4, jpy: 2 } satisfies Record<Currency, number>

const format = (currency: Currency, minor: number, fraction: number) =>
  new Intl.NumberFormat(currentLanguage(), {
    style: 'currency',
    currency,
    minimumFractionDigits: fraction,
    maximumFractionDigits: fraction,
  }).format(minor / 10 ** currencyDecimals[currency])

/** An amount in the currency's smallest unit as people write it: "$10.00", "￥1,500". */
export const formatMoney = (currency: Currency, minor: number) => format(currency, minor, currencyDecimals[currency])

/** What one credit of a pack costs. */
export const formatUnitPrice = (currency: Currency, minor: number, credits: number) =>
  format(currency, minor / credits, digitsOfOne[currency])
