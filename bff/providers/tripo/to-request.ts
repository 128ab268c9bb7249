import type { Model3dRequest } from '../provider.ts'
import type { TripoParameters } from './parameters.ts'

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
