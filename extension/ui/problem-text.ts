import { ApiProblem, type ApiProblemCode, type ProblemParams } from '../platform/api/problem.ts'
import { formatClock, t } from '../platform/i18n/i18n.ts'
import { messages } from '../platform/i18n/translate.ts'
import { oneOf } from '../platform/shape.ts'

const isKnown = (code: string): code is ApiProblemCode => code in messages.en.problems

const causes = ['sexual', 'violence', 'hate', 'minors', 'person', 'rights', 'self_harm'] as const

/** Times come as milliseconds; people read a clock. */
const readable = (params: ProblemParams): ProblemParams =>
  typeof params.until === 'number' ? { ...params, until: formatClock(params.until) } : params

/** What was refused, and by which rule, as far as the maker told. */
const blockedText = ({ stage, reason }: ProblemParams) => {
  const happened = t(stage === 'output' ? 'results.blocked.output' : 'problems.blocked')
  const cause = oneOf(causes, reason)
  return cause ? t('results.blocked.because', { happened, cause: t(`results.blocked.cause.${cause}`) }) : happened
}

/**
 * The sentence for a problem: what happened, what it cost, what to do. A code that only a newer backend knows gets the
 * general sentence, never itself.
 */
export function problemText(problem: ApiProblem | ApiProblemCode, params: ProblemParams = {}): string {
  const code = problem instanceof ApiProblem ? problem.code : problem
  const all = readable(problem instanceof ApiProblem ? { ...problem.params, ...params } : params)
  if (code === 'blocked') return blockedText(all)
  return t(`problems.${isKnown(code) ? code : 'internal'}`, all)
}
