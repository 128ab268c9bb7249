import type { Job } from '../state.ts'

/** What became of a job's results, where it is not simply all of them at the price. */
export type Delivery =
  | { kind: 'partial'; ready: number; count: number; failed: number; charged: number; price: number }
  /** It came after its credits had been given back. */
  | { kind: 'free' }
  | null

/** Pictures that were deleted since count as made: only what was paid tells how many came. */
export const deliveryOf = ({ state, price, charged, options }: Job): Delivery => {
  if (state !== 'done' || charged === null || charged >= price) return null
  if (charged === 0) return { kind: 'free' }
  const { count } = options
  const ready = Math.round((charged * count) / price)
  return { kind: 'partial', ready, count, failed: count - ready, charged, price }
}
