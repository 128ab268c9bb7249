import { type Static, Type } from 'typebox'
import { closed, nullable } from './common.ts'
import { Aspect, QualityName, SizeName } from './models.ts'

/** The options a job ran with: what was left out is filled in, and the words to keep out stay with the prompt. */
export const ChosenOptions = closed({
  aspect: Aspect,
  size: SizeName,
  seed: Type.Integer(),
  quality: nullable(QualityName),
  count: Type.Integer(),
  transparent: Type.Boolean(),
})
export type ChosenOptions = Static<typeof ChosenOptions>
