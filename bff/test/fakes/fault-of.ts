import { inspect } from 'node:util'
import { expect } from 'vitest'
import { MakerError, type MakerFault } from '../../providers/maker-error.ts'

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
