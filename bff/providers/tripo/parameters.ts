import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { closed } from '../../contract/common.ts'
import type { Parameters, ProviderRequest } from '../provider.ts'

/** The settings of a conversion that may be offered; `quad` is not among them, as it gives FBX in place of GLB. */
const Settings = closed({
  texture: Type.Optional(Type.Boolean()),
  pbr: Type.Optional(Type.Boolean()),
  texture_quality: Type.Optional(Type.Union([Type.Literal('standard'), Type.Literal('detailed')])),
  geometry_quality: Type.Optional(Type.Union([Type.Literal('standard'), Type.Literal('detailed')])),
  face_limit: Type.Optional(Type.Integer({ minimum: 1 })),
  orientation: Type.Optional(Type.Union([Type.Literal('default'), Type.Literal('align_image')])),
})

export const TripoParameters = closed({
  /** Settings by the name of a quality. */
  qualities: Type.Record(Type.String(), Settings),
  /** Sent with every quality. */
  fixed: Settings,
})
export type TripoParameters = Static<typeof TripoParameters>

const shape = Compile(TripoParameters)

/** What is wrong with the parameters of an entry of the catalogue, or null. */
export function wrongParameters(kind: ProviderRequest['kind'], parameters: Parameters): string | null {
  if (kind !== 'model3d') return 'Tripo3D makes 3D models only'
  const [error] = shape.Errors(parameters)
  return error ? `${error.instancePath || '/'} ${error.message}` : null
}
