import { type Static, Type } from 'typebox'
import { Credits, closed, nullable, oneOf, perLanguage } from './common.ts'

/** A text in each language of the product. */
export const LocalText = perLanguage(Type.String())
export type LocalText = Static<typeof LocalText>

export const roles = ['subject', 'style', 'composition', 'palette', 'pose', 'light', 'free'] as const
export const Role = oneOf(roles)
export type Role = Static<typeof Role>

export const aspects = ['source', '1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'] as const
export const Aspect = oneOf(aspects)
export type Aspect = Static<typeof Aspect>

/** What a job makes: pictures, a picture read into words, or a 3D model of a picture. */
export const jobKinds = ['image', 'reading', 'model3d'] as const
export const JobKind = oneOf(jobKinds)
export type JobKind = Static<typeof JobKind>

/** Name of a size class, e.g. "1K"; its long side in pixels stands in the model's entry. */
export const SizeName = Type.String({ minLength: 1, maxLength: 8 })

/** Name of a quality as the provider calls it, e.g. "high". */
export const QualityName = Type.String({ minLength: 1, maxLength: 16 })

/**
 * One sum for credits and for costs: (base + perSize[size]) x perQuality[quality] + perPicture x pictures after the
 * first, rounded up, times the number of results. Factors are multiples of 1/4, so that every machine gets the same.
 */
export const PriceFormula = closed({
  base: Credits,
  perSize: Type.Record(Type.String(), Credits),
  perQuality: Type.Record(Type.String(), Type.Number({ minimum: 0.25, multipleOf: 0.25 })),
  perPicture: Credits,
})
export type PriceFormula = Static<typeof PriceFormula>

export const Model = closed({
  id: Type.String({ minLength: 1, maxLength: 80 }),
  kind: JobKind,
  name: LocalText,
  /** One sentence for the person: what it does, and that it is not AI where it is not. */
  about: LocalText,
  maker: LocalText,
  /** Who runs it for the maker, e.g. fal.ai; null when the maker does. */
  via: nullable(Type.String()),
  /** Where the pictures go: a country code, or null when they stay on the machine of the backend. */
  country: nullable(Type.String()),
  /** The privacy policy of whoever gets the pictures. */
  policy: nullable(Type.String()),
  /** What the licence or the maker's rules say that a person should know. */
  note: nullable(LocalText),
  status: oneOf(['live', 'retiring', 'retired']),
  successor: nullable(Type.String()),
  /** `needs_key`: the operator has not set the provider's key (told in development only). */
  availability: oneOf(['ready', 'needs_key']),
  pictures: closed({
    min: Type.Integer(),
    max: Type.Integer(),
    roles: Type.Array(Role),
    maxSide: Type.Integer(),
  }),
  /** Longest prompt in code points; 0: the model takes no words. */
  promptMax: Type.Integer({ minimum: 0 }),
  sizes: Type.Array(closed({ name: SizeName, longSide: Type.Integer() })),
  aspects: Type.Array(Aspect),
  options: closed({
    seed: Type.Boolean(),
    /** What should not be in the picture, in words. */
    negative: Type.Boolean(),
    /** A background one can see through. */
    transparent: Type.Boolean(),
    /** Empty: there is nothing to choose. */
    qualities: Type.Array(QualityName),
    /** Results of one call. */
    maxCount: Type.Integer({ minimum: 1, maximum: 10 }),
  }),
  price: PriceFormula,
  /** Usual time to a result in milliseconds: the median of recent jobs, or the catalogue's first guess. */
  usualMs: Type.Integer(),
})
export type Model = Static<typeof Model>

export const ModelList = closed({ models: Type.Array(Model) })
export type ModelList = Static<typeof ModelList>
