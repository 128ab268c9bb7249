import type { Picture } from '../../../bff/contract/library.ts'

export interface Day {
  /** Local midnight, in milliseconds UTC. */
  start: number
  pictures: Picture[]
}

/** Local midnight of the day a moment lies in. */
export function startOfDay(time: number): number {
  const date = new Date(time)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** Days between two midnights; rounded, because a day with a clock change has 23 or 25 hours. */
export const daysBetween = (earlier: number, later: number): number => Math.round((later - earlier) / 86_400_000)

/** Sorted pictures in groups of one local day each; the order is kept. */
export function groupByDay(pictures: readonly Picture[]): Day[] {
  const days: Day[] = []
  for (const picture of pictures) {
    const start = startOfDay(picture.createdAt)
    const day = days.at(-1)
    if (day?.start === start) day.pictures.push(picture)
    else days.push({ start, pictures: [picture] })
  }
  return days
}
