import { type Static, Type } from 'typebox'
import { ChosenOptions } from './chosen-options.ts'
import { Credits, closed, Id, nullable, oneOf, ProblemCodeSchema, ProblemParams, Time } from './common.ts'
import { Picture } from './library.ts'
import { Aspect, JobKind, QualityName, Role, SizeName } from './models.ts'
import { Reading } from './readings.ts'

/** The facts of one source; its bytes are the part of the same position in the multipart body. Never an address. */
export const SourceSpec = closed({
  role: Role,
  weight: Type.Integer({ minimum: 0, maximum: 100 }),
})
export type SourceSpec = Static<typeof SourceSpec>

/** The options a job is asked for: as ChosenOptions, less what is left to the backend. */
export const GenerationOptions = closed({
  aspect: Aspect,
  size: SizeName,
  /** 0 to 2^31-1; null or left out: the backend draws one and stores it with the job. */
  seed: Type.Optional(nullable(Type.Integer({ minimum: 0, maximum: 2147483647 }))),
  quality: Type.Optional(nullable(QualityName)),
  /** Results of one call; 1 where it is left out. */
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
  transparent: Type.Optional(Type.Boolean()),
})
export type GenerationOptions = Static<typeof GenerationOptions>

/**
 * The `spec` field of POST /v1/generations (multipart/form-data: `spec` as JSON first, then one `source` file per entry
 * of `sources`). `price` is what the button showed; another price answers 409 price_changed.
 */
export const GenerationSpec = closed({
  model: Type.String({ minLength: 1, maxLength: 80 }),
  prompt: Type.String(),
  /** What is to be kept out, in words; empty where nothing is. */
  negative: Type.String(),
  sources: Type.Array(SourceSpec, { maxItems: 16 }),
  options: GenerationOptions,
  price: Credits,
  /** The person was asked, after confirmation_needed, and agreed; not part of what makes a request the same one. */
  confirmed: Type.Optional(Type.Boolean()),
})
export type GenerationSpec = Static<typeof GenerationSpec>

export const jobStates = ['queued', 'calling', 'submitted', 'storing', 'done', 'failed', 'unknown'] as const
export const JobState = oneOf(jobStates)
export type JobState = Static<typeof JobState>

export const Generation = closed({
  id: Id,
  kind: JobKind,
  model: Type.String(),
  prompt: Type.String(),
  negative: Type.String(),
  options: ChosenOptions,
  state: JobState,
  /** 0 to 1 while the model reports progress, else null. */
  progress: nullable(Type.Number({ minimum: 0, maximum: 1 })),
  /** Jobs in front of this one while queued, else 0. */
  ahead: Type.Integer({ minimum: 0 }),
  /** What is held while the job is open. */
  price: Credits,
  /** What it took in the end: less than the price when fewer results came, 0 without one; null while it is open. */
  charged: nullable(Credits),
  /** Size of the result to come, so that the placeholder has the final shape. */
  width: Type.Integer(),
  height: Type.Integer(),
  usualMs: Type.Integer(),
  createdAt: Time,
  startedAt: nullable(Time),
  endedAt: nullable(Time),
  /** Why there is no result; null unless failed or unknown. */
  problem: nullable(ProblemCodeSchema),
  /** What the problem's sentence needs: stage, reason, until ... */
  problemParams: ProblemParams,
  /** In the provider's order; without those that were deleted. */
  pictures: Type.Array(Picture),
  reading: nullable(Reading),
})
export type Generation = Static<typeof Generation>

/** Jobs of the person that are open or ended in the last day, newest first. */
export const GenerationList = closed({ generations: Type.Array(Generation) })
export type GenerationList = Static<typeof GenerationList>
