import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { IdParams } from '../contract/common.ts'
import { Generation, GenerationList } from '../contract/generations.ts'
import { ProblemError } from '../contract/problems.ts'
import type { JobTable } from '../db/schema.ts'
import { retention } from '../privacy/retention.ts'
import { readForm } from './accept/read-form.ts'
import type { Jobs } from './jobs.ts'
import { findJob, recentJobs } from './states/queries.ts'
import { isGone } from './states/view.ts'

const config = { access: 'person' } as const

/** POST, GET and cancel of jobs. Polling these routes alone is always correct. */
export const jobRoutes =
  ({ database, budget, precheck, accept, cancel, view, timers, now }: Jobs): FastifyPluginAsyncTypebox =>
  async app => {
    await app.register(multipart)

    const viewOne = async (job: JobTable) => (await view(job.person_id, [job]))[0]!

    app.post(
      '/v1/generations',
      { config: { ...config, limit: 'job' }, schema: { response: { 202: Generation } } },
      async (request, reply) => {
        const { id: personId } = request.person
        const key = readKey(request.headers['idempotency-key'])
        const allotment = budget.open(personId)
        try {
          const { spec, files } = await readForm(request, {
            allotment,
            beforeFiles: spec => precheck(personId, key, spec),
            timers,
          })
          const job = await accept({ personId, key, spec, files })
          return reply.code(202).send(await viewOne(job))
        } finally {
          allotment.free()
        }
      },
    )

    app.get('/v1/generations', { config, schema: { response: { 200: GenerationList } } }, async ({ person }) => {
      const jobs = await recentJobs(database.read, person.id, now() - retention.endedPrompts)
      return { generations: (await view(person.id, jobs)).filter(generation => !isGone(generation)) }
    })

    app.get(
      '/v1/generations/:id',
      { config, schema: { params: IdParams, response: { 200: Generation } } },
      async ({ person, params }) => {
        const job = await findJob(database.read, person.id, params.id)
        const generation = job && (await viewOne(job))
        if (!generation || isGone(generation)) throw new ProblemError('not_found')
        return generation
      },
    )

    app.post(
      '/v1/generations/:id/cancel',
      { config: { ...config, standing: 'any' }, schema: { params: IdParams, response: { 200: Generation } } },
      async ({ person, params }) => viewOne(await cancel(person.id, params.id)),
    )
  }

/** Any UUID, made by the client before it sends. */
function readKey(header: string | string[] | undefined): string {
  const key = String(header).toLowerCase()
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key)) throw new ProblemError('missing_idempotency_key')
  return key
}
