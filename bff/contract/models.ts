import { type Static, Type } from 'typebox'
import { Credits, closed, nullable } from './common.ts'

/** A text in each language of the product. */
export const LocalText = closed({ en: Type.String(), ja: Type.String() })

export const roles = ['subject', 'style', 'composition', 'palette', 'pose', 'light', 'free'] as const
export const Role = Type.Unsafe<(typeof roles)[number]>({
  type: 'string',
  enum: [...roles],
})
export type Role = Static<typeof Role>

export const aspects = ['source', '1:1', '3:4', '4:3', '9:16', '16:9'] as const
export const Aspect = Type.Unsafe<(typeof aspects)[number]>({
  type: 'string',
  enum: [...aspects],
})
export type Aspect = Static<typeof Aspect>

/** Name of a size class, e.g. "1K"; its long side in pixels stands in the model's entry. */
export const SizeName = Type.String({ minLength: 1, maxLength: 8 })

/** What a job costs: base + perSize[size] + perPicture x pictures after the first. */
export const PriceFormula = closed({
  base: Credits,
  perSize: Type.Record(Type.String(), Credits),
  perPicture: Credits,
})
export type PriceFormula = Static<typeof PriceFormula>

export const Model = closed({
  id: Type.String({ minLength: 1, maxLength: 80 }),
  name: LocalText,
  /** One sentence for the person: what it does, and that it is not AI where it is not. */
  about: LocalText,
  maker: LocalText,
  /** Where the pictures go: a country code, or null when they stay on the machine of the backend. */
  country: nullable(Type.String()),
  status: Type.Union([Type.Literal('live'), Type.Literal('retiring'), Type.Literal('retired')]),
  successor: nullable(Type.String()),
  pictures: closed({
    min: Type.Integer(),
    max: Type.Integer(),
    roles: Type.Array(Role),
    maxSide: Type.Integer(),
  }),
  sizes: Type.Array(closed({ name: SizeName, longSide: Type.Integer() })),
  aspects: Type.Array(Aspect),
  options: closed({ seed: Type.Boolean() }),
  price: PriceFormula,
  /** Usual time to a result in milliseconds: the median of recent jobs, or the catalogue's first guess. */
  usualMs: Type.Integer(),
})
export type Model = Static<typeof Model>

export const ModelList = closed({ models: Type.Array(Model) })
export type ModelList = Static<typeof ModelList>
