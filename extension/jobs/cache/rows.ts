/** What lies in the local copy, as it must be to be shown; a row that is otherwise is read again from the backend. */
import * as v from 'valibot'
import type { Picture } from '../../../bff/contract/library.ts'
import { word } from '../../platform/shape.ts'

const whole = v.pipe(v.number(), v.integer())

/**
 * Exactly the contract's fields: whatever else an answer may carry is not kept, an address of a page least of all. When a
 * field changes its meaning but not its shape, the row `results` of the table of stored things gets a new version.
 */
export const PictureRow = v.object({
  id: v.string(),
  generationId: v.string(),
  kind: word<Picture['kind']>(),
  model: v.string(),
  prompt: v.string(),
  options: v.object({
    aspect: word<Picture['options']['aspect']>(),
    size: v.string(),
    seed: whole,
    quality: v.nullable(v.string()),
    count: whole,
    transparent: v.boolean(),
  }),
  mime: v.string(),
  width: whole,
  height: whole,
  bytes: whole,
  favourite: v.boolean(),
  createdAt: whole,
}) satisfies v.GenericSchema<unknown, Picture>

/** One stored blob, without its bytes: enough to choose what must go. */
export const CacheEntry = v.object({ key: v.string(), bytes: whole, usedAt: v.number() })
export type CacheEntry = v.InferOutput<typeof CacheEntry>

/** Ids of ended jobs whose note the person has closed. */
export const Dismissed = v.array(v.string())
