import type { ApiProblemCode } from '../../platform/api/problem.ts'

/** What a problem is about; its sentence stands at that part of the panel. */
export type Topic = 'prompt' | 'pictures' | 'model' | 'press'

const topics: Partial<Record<ApiProblemCode, Topic>> = {
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

export const topicOf = (code: ApiProblemCode): Topic => topics[code] ?? 'press'
