/** One line of `npm run bench`. */
export interface Metric {
  name: string
  value: number
  unit: string
  /** What it is compared with, measured in the same run. */
  against: string
  ratio: number
  goal: string
}
