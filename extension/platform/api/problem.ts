import type { ProblemCode } from '../../../bff/contract/problems.ts'

/** What can go wrong on the way, before the backend could say anything itself. */
export type LocalProblemCode = 'offline' | 'unreachable' | 'bad_answer' | 'sign_in_closed'
export type ApiProblemCode = ProblemCode | LocalProblemCode
export type ProblemParams = Record<string, string | number>

/** Thrown by every call of `api`. The code chooses the sentence (ui/problem-text.ts); nothing else is shown. */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  readonly code: ApiProblemCode
  /** HTTP status, 0 when there was no answer. */
  readonly status: number
  readonly params: ProblemParams
  constructor(code: ApiProblemCode, status = 0, params: ProblemParams = {}, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.status = status
    this.params = params
  }
}

/** Runs a caller's error through as a problem: what is not one counts as our own trouble. */
export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : new ApiProblem('internal', 0, {}, { cause: error })
