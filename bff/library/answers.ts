import { Compile } from 'typebox/compile'
import { Reading } from '../contract/readings.ts'
import type { PersonVault } from '../privacy/vault.ts'

const shape = Compile(Reading)
const context = (jobId: string) => `job.answer:${jobId}`

export const sealAnswer = (vault: PersonVault, jobId: string, reading: Reading): Uint8Array =>
  vault.seal(JSON.stringify(reading), context(jobId))

/** The reading a job gave; null when it gave none, or it has been forgotten. */
export function openAnswer(vault: PersonVault, jobId: string, answer: Uint8Array | null): Reading | null {
  if (answer === null || answer.length === 0) return null
  const reading: unknown = JSON.parse(vault.unseal(answer, context(jobId)).toString())
  return shape.Check(reading) ? reading : null
}
