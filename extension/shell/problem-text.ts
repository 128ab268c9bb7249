import { t } from '../platform/i18n.ts'
import { ApiProblem, type ApiProblemCode, type ProblemParams } from '../platform/problem.ts'
import { messages } from '../platform/translate.ts'

const isKnown = (code: string): code is ApiProblemCode => code in messages.en.problems

/**
 * The sentence for a problem: what happened, what it cost, what to do. A code that only a newer backend knows gets the
 * general sentence, never itself.
 */
export function problemText(problem: ApiProblem | ApiProblemCode, params: ProblemParams = {}): string {
  const code = problem instanceof ApiProblem ? problem.code : problem
  const known = isKnown(code) ? code : 'internal'
  return t(`problems.${known}`, problem instanceof ApiProblem ? { ...problem.params, ...params } : params)
}
