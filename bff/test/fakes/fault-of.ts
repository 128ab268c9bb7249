import { inspect } from 'node:util'
import { expect } from 'vitest'
import { MakerError, type MakerFault } from '../../providers/maker-error.ts'

export const unknown: MakerFault = { kind: 'unknown_outcome' }
export const bad: MakerFault = { kind: 'bad_answer' }
export const limited = (retryAfterMs: number | null): MakerFault => ({ kind: 'rate_limited', retryAfterMs })

/** The fault that a call ends with. None of the secrets may stand anywhere in the error, however deep one looks. */
export async function faultOf(answer: Promise<unknown>, secrets: readonly string[]): Promise<MakerFault> {
  const error = await answer.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(MakerError)
  const everything = inspect(error, { depth: 10, showHidden: true })
  for (const secret of secrets) expect(everything).not.toContain(secret)
  return (error as MakerError).fault
}
