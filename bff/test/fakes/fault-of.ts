import { inspect } from 'node:util'
import { expect } from 'vitest'
import { ProviderError, type ProviderFault } from '../../providers/provider-error.ts'

export const unknown: ProviderFault = { kind: 'unknown_outcome' }
export const bad: ProviderFault = { kind: 'bad_answer' }
export const limited = (retryAfterMs: number | null): ProviderFault => ({ kind: 'rate_limited', retryAfterMs })

/** The fault that a call ends with. None of the secrets may stand anywhere in the error, however deep one looks. */
export async function faultOf(answer: Promise<unknown>, secrets: readonly string[]): Promise<ProviderFault> {
  const error = await answer.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ProviderError)
  const everything = inspect(error, { depth: 10, showHidden: true })
  for (const secret of secrets) expect(everything).not.toContain(secret)
  return (error as ProviderError).fault
}
