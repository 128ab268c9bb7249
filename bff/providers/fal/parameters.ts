import { type Static, Type } from 'typebox'
import { closed, nullable } from '../../contract/common.ts'

/** Name of a field of the model's input. */
const Field = Type.String({ minLength: 1 })
/** Fields sent as they stand. */
const Values = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]))

/** Width and height in pixels, both within the limits and multiples of the step. */
const Pixels = closed({
  form: Type.Literal('pixels'),
  field: Field,
  min: Type.Integer({ minimum: 1 }),
  max: Type.Integer({ minimum: 1 }),
  step: Type.Integer({ minimum: 1 }),
})

/** One of the model's names for a shape, with width divided by height; the nearest is taken. */
const Shape = closed({
  form: Type.Literal('shape'),
  field: Field,
  shapes: Type.Record(Type.String(), Type.Number({ exclusiveMinimum: 0 }), { minProperties: 1 }),
})
export type SizeForm = Static<typeof Pixels> | Static<typeof Shape>

/** How fal's models that make pictures differ. */
export const ImageParameters = closed({
  /** Where it goes with pictures, if elsewhere. */
  editEndpoint: nullable(Type.String({ minLength: 1 })),
  inputImageField: Field,
  /** The field is a list. */
  manyImages: Type.Boolean(),
  size: Type.Union([Pixels, Shape]),
  seedField: nullable(Field),
  countField: nullable(Field),
  /** The model's own safety settings: never left to what the provider takes for usual. */
  safety: Type.Record(Type.String(), Type.Union([Type.String(), Type.Boolean()]), { minProperties: 1 }),
  /** Further fields by the name of a quality. */
  qualities: Type.Record(Type.String(), Values),
  fixed: Values,
})
export type ImageParameters = Static<typeof ImageParameters>

/** How fal's models that make 3D models differ. */
export const Model3dParameters = closed({
  inputImageField: Field,
  /** Where a result names its GLB, by dots; the first that is there. */
  outputPaths: Type.Array(Field, { minItems: 1 }),
  previewPath: nullable(Field),
  qualities: Type.Record(Type.String(), Values),
  fixed: Values,
})
export type Model3dParameters = Static<typeof Model3dParameters>
