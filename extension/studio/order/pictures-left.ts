import { useDesk } from './order.ts'

/** Tells how many pictures like the one ordered now some credits are enough for; null where it costs nothing. */
export const usePicturesLeft = () => {
  const { price, asked } = useDesk()
  const count = asked?.options.count ?? 1
  return (available: number): number | null => (price > 0 ? Math.floor((available * count) / price) : null)
}
