import type { Rect } from './rect.ts'

export type Point = readonly [x: number, y: number]

/** A part made unrecognisable: painted over with the brush, or a whole rectangle. */
export type Blur = { kind: 'stroke'; width: number; points: readonly Point[] } | { kind: 'area'; area: Rect }

/**
 * What the person changed about a picture, as data: the bytes stay as they came in, and every copy is made anew from
 * both. All numbers are whole pixels of the picture as it stands upright.
 */
export interface Edits {
  /** Null: nothing is cut off. */
  crop: Rect | null
  blurs: readonly Blur[]
}

export const noEdits: Edits = { crop: null, blurs: [] }

export const isEdited = ({ crop, blurs }: Edits) => crop !== null || blurs.length > 0
