import type { Generation, GenerationOptions } from '../contract/generations.ts'
import type { Database } from '../db/database.ts'
import type { JobTable } from '../db/schema.ts'
import { openPrompt, picturesOfJobs, toPicture } from '../library/pictures.ts'
import type { Registry } from '../models/registry.ts'
import type { UsualTimes } from '../models/usual-times.ts'
import { personVault } from '../privacy/person-vault.ts'
import type { Vault } from '../privacy/vault.ts'
import { countAhead } from './jobs.ts'
import type { Progress } from './progress.ts'

interface ViewDeps {
  database: Database
  vault: Vault
  registry: Registry
  usualTimes: UsualTimes
  progress: Progress
}

/** Jobs as their person sees them. */
export function createView({ database, vault, registry, usualTimes, progress }: ViewDeps) {
  const usualMs = (modelId: string) => usualTimes.of(modelId, registry.find(modelId)?.usualMs ?? 0)

  return async function view(personId: string, jobs: JobTable[]): Promise<Generation[]> {
    if (jobs.length === 0) return []
    const box = await personVault(database.read, vault, personId)
    const ids = jobs.filter(job => job.state === 'done').map(job => job.id)
    const pictures = ids.length > 0 ? await picturesOfJobs(database.read, personId, ids) : []
    const byJob = new Map(pictures.map(row => [row.job_id, toPicture(box, row)]))
    return Promise.all(
      jobs.map(async job => {
        const picture = byJob.get(job.id) ?? null
        const isDeleted = job.state === 'done' && picture === null
        return {
          id: job.id,
          model: job.model,
          prompt: isDeleted ? '' : openPrompt(box, job.id, job.prompt),
          options: JSON.parse(job.options) as Required<GenerationOptions>,
          state: job.state,
          progress: job.state === 'calling' || job.state === 'submitted' ? progress.of(job.id) : null,
          ahead: await countAhead(database.read, job),
          price: job.price,
          width: job.width,
          height: job.height,
          usualMs: usualMs(job.model),
          createdAt: job.created_at,
          startedAt: job.started_at,
          endedAt: job.ended_at,
          problem: job.problem,
          picture,
        }
      }),
    )
  }
}

/** A done job whose picture was deleted is deleted with it. */
export const isGone = ({ state, picture }: Generation): boolean => state === 'done' && picture === null
