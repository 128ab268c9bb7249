import type { Database } from '../../db/database.ts'
import type { JobTable } from '../../db/schema.ts'
import type { Registry } from '../../models/registry.ts'
import type { Provider, Submitted } from '../../providers/provider.ts'
import type { JobCommands } from '../states/commands.ts'
import type { Late } from './late-delivery.ts'
import { optionsOf } from './to-request.ts'

interface WebhookDeps {
  database: Database
  registry: Registry
  providers: ReadonlyMap<string, Provider>
  commands: Pick<JobCommands, 'submitted'>
  late: Pick<Late, 'deliver'>
  /** Goes on asking for a job, unless this process does already. */
  resume: (job: JobTable) => void
}

export interface WebhookEvent {
  provider: string
  jobId: string
  /** The provider's number of the job. */
  requestId: string
}

/**
 * A queue tells that a job of ours has ended. Polling finds that out as well; only a job whose submit was never answered
 * needs it, because its ticket comes with the event. The same twice changes nothing.
 */
export function createWebhookEvents({ database, registry, providers, commands, late, resume }: WebhookDeps) {
  const find = ({ jobId, provider }: WebhookEvent) =>
    database.read
      .selectFrom('job')
      .selectAll()
      .where('id', '=', jobId)
      .where('provider', '=', provider)
      .executeTakeFirst()

  return async function receive(event: WebhookEvent): Promise<void> {
    const job = await find(event)
    const provider = providers.get(event.provider)
    const model = job && registry.find(job.model)
    if (!job || !model || job.kind === 'reading' || provider?.way !== 'queue') return
    const { endpoint, parameters } = model
    const asked: Submitted =
      job.kind === 'image'
        ? { kind: job.kind, endpoint, parameters, count: optionsOf(job).count }
        : { kind: job.kind, endpoint, parameters }
    const ticket = job.request_id ?? provider.webhook?.ticketOf(asked, event.requestId)
    if (ticket === undefined) return
    if (job.state === 'calling' && (await commands.submitted(job, ticket)))
      resume({ ...job, state: 'submitted', request_id: ticket })
    if (job.state === 'unknown') await late.deliver({ ...job, request_id: ticket })
  }
}
