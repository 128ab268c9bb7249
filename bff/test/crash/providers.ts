import { startFakeFal } from '../../providers/fal/test/fake.ts'
import { startOpenAiFake } from '../../providers/openai-api/test/fake-images.ts'
import type { SeenRequest } from '../fakes/server.ts'

/** A word that makes a job's prompt its own, so that its calls can be counted. */
export const markOf = (key: string) => `mark-${key}`
const mark = /mark-[0-9a-f-]{36}/

/** Providers that outlive every kill, and count what each job paid for. */
export async function startProviders() {
  const key = 'crash-key'
  const [openai, fal] = await Promise.all([startOpenAiFake({ key }), startFakeFal({ key, now: Date.now })])
  const calls = new Map<string, number>()

  const count = (seen: SeenRequest[]) => {
    for (const { method, body } of seen.splice(0)) {
      const [job] = (method === 'POST' && mark.exec(body.toString('latin1'))) || []
      if (job) calls.set(job, (calls.get(job) ?? 0) + 1)
    }
  }
  /** fal's work is done at once; its bodies need not be kept. */
  const timer = setInterval(() => {
    for (const job of fal.jobs.values()) job.state = 'COMPLETED'
    for (const seen of [openai.seen, fal.seen]) count(seen)
  }, 50)

  return {
    env: {
      OPENAI_API_KEY: key,
      OPENAI_BASE_URL: `${openai.url}/v1`,
      FAL_KEY: key,
      FAL_QUEUE_URL: fal.url,
      FAL_REST_URL: fal.url,
      FAL_API_URL: `${fal.url}/v1`,
    },
    /** Paid calls, and the jobs that were paid for more than once. */
    calls() {
      for (const seen of [openai.seen, fal.seen]) count(seen)
      const twice = [...calls].filter(([, times]) => times > 1).map(([job]) => job)
      return { paid: calls.size, twice }
    },
    async close() {
      clearInterval(timer)
      await Promise.all([openai.close(), fal.close()])
    },
  }
}
