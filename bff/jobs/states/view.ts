import type { Generation } from '../../contract/generations.ts'
import type { Database } from '../../db/database.ts'
import type { JobTable } from '../../db/schema.ts'
import { openAnswer } from '../../library/answers.ts'
import { openNegative, openPrompt, picturesOfJobs, toPicture } from '../../library/pictures.ts'
import type { Registry } from '../../models/registry.ts'
import type { UsualTimes } from '../../models/usual-times.ts'
import type { VaultOf } from '../../privacy/vault.ts'
import type { Progress } from '../events/progress.ts'
import { optionsOf } from '../run/to-request.ts'
import { countAhead } from './queries.ts'

interface ViewDeps {
  database: Database
  vaultOf: VaultOf
  registry: Registry
  usualTimes: UsualTimes
  progress: Progress
}

/** Jobs as their person sees them. */
export function createView({ database, vaultOf, registry, usualTimes, progress }: ViewDeps) {
  const usualMs = (modelId: string) => usualTimes.of(modelId, registry.find(modelId)?.usualMs ?? 0)

  return async function view(personId: string, jobs: JobTable[]): Promise<Generation[]> {
    if (jobs.length === 0) return []
    const vault = await vaultOf(personId)
    const ids = jobs.filter(job => job.state === 'done').map(job => job.id)
    const pictures = ids.length > 0 ? await picturesOfJobs(database.read, personId, ids) : []
    const byJob = Map.groupBy(pictures, row => row.job_id)
    return Promise.all(
      jobs.map(async job => {
        const pictures = (byJob.get(job.id) ?? []).map(row => toPicture(vault, row))
        const reading = openAnswer(vault, job.id, job.answer)
        const isDeleted = job.state === 'done' && pictures.length === 0 && reading === null
        return {
          id: job.id,
          kind: job.kind,
          model: job.model,
          prompt: isDeleted ? '' : openPrompt(vault, job.id, job.prompt),
          negative: isDeleted ? '' : openNegative(vault, job.id, job.negative),
          options: optionsOf(job),
          state: job.state,
          progress: job.state === 'calling' || job.state === 'submitted' ? progress.of(job.id) : null,
          ahead: await countAhead(database.read, job),
          price: job.price,
          charged: job.charged,
          width: job.width,
          height: job.height,
          usualMs: usualMs(job.model),
          createdAt: job.created_at,
          startedAt: job.started_at,
          endedAt: job.ended_at,
          problem: job.problem,
          problemParams: job.problem_params === null ? {} : JSON.parse(job.problem_params),
          pictures,
          reading,
        }
      }),
    )
  }
}

/** A done job whose pictures were deleted is deleted with them. */
export const isGone = ({ state, pictures, reading }: Generation): boolean =>
  state === 'done' && pictures.length === 0 && reading === null
