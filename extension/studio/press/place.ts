import type { ApiProblemCode } from '../../platform/api/problem.ts'

/** The part of the panel that a problem is about; its sentence stands there. */
export type Place = 'prompt' | 'pictures' | 'model' | 'button'

const places: Partial<Record<ApiProblemCode, Place>> = {
  prompt_too_long: 'prompt',
  prompt_invalid_text: 'prompt',
  picture_missing: 'pictures',
  too_many_pictures: 'pictures',
  picture_not_accepted: 'pictures',
  picture_damaged: 'pictures',
  picture_too_large: 'pictures',
  picture_too_many_pixels: 'pictures',
  picture_too_small: 'pictures',
  picture_animated: 'pictures',
  model_unknown: 'model',
  model_retired: 'model',
  option_not_offered: 'model',
  model_needs_key: 'model',
  provider_resting: 'model',
}

export const placeOf = (code: ApiProblemCode): Place => places[code] ?? 'button'
