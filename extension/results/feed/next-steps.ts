import type { ApiProblemCode } from '../../platform/api/problem.ts'

/**
 * What can be done about a job without a result. reword: change the words · again: the same once more · other: another
 * model · successor: the one that follows a switched-off model.
 */
export type Step = 'reword' | 'again' | 'other' | 'successor'

const steps: Partial<Record<ApiProblemCode, readonly Step[]>> = {
  blocked: ['reword', 'other'],
  rejected_input: ['reword', 'other'],
  no_picture: ['reword', 'again', 'other'],
  provider_failed: ['again', 'other'],
  provider_busy: ['again', 'other'],
  provider_resting: ['other', 'again'],
  provider_unavailable: ['other'],
  timed_out: ['again', 'other'],
  model_retired: ['successor'],
  model_unknown: ['other'],
  model_needs_key: ['other'],
}

/** The best step first; whatever else happened is simply tried again. */
export const stepsFor = (problem: ApiProblemCode): readonly Step[] => steps[problem] ?? ['again']
