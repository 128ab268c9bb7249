import { useDesk } from '../studio/submit/desk.ts'

/** How many pictures like the ones that lie ready now these credits are enough for; null where they cost nothing. */
export const usePicturesLeft = (available: number): number | null => {
  const { price, asked } = useDesk()
  const count = asked?.options.count ?? 1
  return price > 0 ? Math.floor((available * count) / price) : null
}
