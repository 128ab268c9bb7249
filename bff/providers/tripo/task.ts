import { type Static, Type } from 'typebox'
import { closed, oneOf } from '../../contract/common.ts'
import type { Model3dRequest } from '../provider.ts'

/** The settings of a conversion that may be offered; `quad` is not among them, as it gives FBX in place of GLB. */
const Settings = closed({
  texture: Type.Optional(Type.Boolean()),
  pbr: Type.Optional(Type.Boolean()),
  texture_quality: Type.Optional(oneOf(['standard', 'detailed'])),
  geometry_quality: Type.Optional(oneOf(['standard', 'detailed'])),
  face_limit: Type.Optional(Type.Integer({ minimum: 1 })),
  orientation: Type.Optional(oneOf(['default', 'align_image'])),
})

export const TripoParameters = closed({
  /** Settings by the name of a quality. */
  qualities: Type.Record(Type.String(), Settings),
  /** Sent with every quality. */
  fixed: Settings,
})
export type TripoParameters = Static<typeof TripoParameters>

/** The picture as a form; its name says nothing but its type. */
export function toUpload({ source: { bytes, mime } }: Model3dRequest): FormData {
  const form = new FormData()
  const name = mime === 'image/png' ? 'picture.png' : 'picture.jpg'
  form.append('file', new Blob([new Uint8Array(bytes)], { type: mime }), name)
  return form
}

/** What is to be made of an uploaded picture: the model's name and settings, no words [P50]. */
export function toTask({ endpoint, parameters, quality }: Model3dRequest, fileToken: string): Record<string, unknown> {
  const { qualities, fixed } = parameters as TripoParameters
  const chosen = quality !== null && Object.hasOwn(qualities, quality) ? qualities[quality] : {}
  return { input: fileToken, model: endpoint, ...fixed, ...chosen }
}
