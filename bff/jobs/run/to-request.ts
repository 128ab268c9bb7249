import type { ChosenOptions } from '../../contract/chosen-options.ts'
import type { JobTable } from '../../db/schema.ts'
import { openNegative, openPrompt } from '../../library/pictures.ts'
import type { ModelEntry } from '../../models/registry.ts'
import type { PersonVault } from '../../privacy/vault.ts'
import type { ProviderRequest, SourcePicture } from '../../providers/provider.ts'

export const optionsOf = (job: JobTable) => JSON.parse(job.options) as ChosenOptions

/** [P49] What a provider gets of a job: nothing that tells whose it is. */
export function toRequest(
  job: JobTable,
  { endpoint, parameters }: ModelEntry,
  vault: PersonVault,
  sources: SourcePicture[],
): ProviderRequest {
  const { width, height } = job
  const { aspect, size, quality, count, seed, transparent } = optionsOf(job)
  const called = { endpoint, parameters }
  if (job.kind === 'reading') return { kind: 'reading', ...called, source: sources[0]! }
  if (job.kind === 'model3d') return { kind: 'model3d', ...called, source: sources[0]!, quality }
  const words = { prompt: openPrompt(vault, job.id, job.prompt), negative: openNegative(vault, job.id, job.negative) }
  return {
    kind: 'image',
    ...called,
    ...words,
    sources,
    width,
    height,
    aspect,
    size,
    quality,
    count,
    seed,
    transparent,
  }
}
