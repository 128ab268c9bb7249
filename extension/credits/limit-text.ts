import { highestLimit } from '../../bff/contract/values.ts'

/** A limit as it was typed: null for none, undefined where it is no number of credits. Digits of a Japanese keyboard count. */
export function readLimit(text: string): number | null | undefined {
  const plain = text.normalize('NFKC').replace(/[\s,]/g, '')
  if (plain === '') return null
  const value = /^\d{1,7}$/.test(plain) ? Number(plain) : Number.NaN
  return value <= highestLimit ? value : undefined
}
