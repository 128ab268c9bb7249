import { type Static, Type } from 'typebox'
import { ChosenOptions } from './chosen-options.ts'
import { closed, Id, nullable, Time } from './common.ts'
import { JobKind } from './models.ts'

/** A result in the history. Its bytes: GET /v1/pictures/:id/file, a small copy: .../thumbnail. */
export const Picture = closed({
  id: Id,
  generationId: Id,
  /** `image`, or `model3d`: the file is a GLB, width and height are those of its small picture. */
  kind: JobKind,
  model: Type.String(),
  prompt: Type.String(),
  options: ChosenOptions,
  mime: Type.String(),
  width: Type.Integer(),
  height: Type.Integer(),
  bytes: Type.Integer(),
  favourite: Type.Boolean(),
  createdAt: Time,
})
export type Picture = Static<typeof Picture>

/** Newest first; `next` is the cursor of the following page. */
export const PictureList = closed({
  pictures: Type.Array(Picture),
  next: nullable(Type.String()),
})
export type PictureList = Static<typeof PictureList>

export const PictureQuery = closed({
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 30 })),
  favourite: Type.Optional(Type.Boolean()),
})

export const PictureChange = closed({ favourite: Type.Boolean() })
export type PictureChange = Static<typeof PictureChange>
