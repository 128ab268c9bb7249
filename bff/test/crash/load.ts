import { randomUUID } from 'node:crypto'
import type { Generation, GenerationSpec } from '../../contract/generations.ts'
import { hangsMs } from '../web-client.ts'
import { markOf } from './providers.ts'

/** What the clients were told; the truth of the crash loop is compared with it. */
export interface Told {
  /** Idempotency-Key -> ids of the jobs answered for it: never more than one. */
  jobs: Map<string, Set<string>>
  /** Jobs that somebody saw done, with the picture's id. */
  done: Map<string, string>
  /** How often the backend has answered: a measure of its work. */
  answers: number
}

export interface Load {
  told: Told
  /** Ends after the requests under way; failures of the connection are expected and never thrown. */
  stop(): Promise<void>
}

const askAgainMs = 10

const prompts = ['', 'ink', 'noir, cold', 'poster', 'halftone']

/** Half of the work on this machine, the rest with a provider that answers itself and one that has a queue. */
const orders: Pick<GenerationSpec, 'model' | 'options' | 'price'>[] = [
  { model: 'local-restyle', options: { aspect: 'source', size: '512' }, price: 1 },
  { model: 'gpt-image-2.6-flare', options: { aspect: '1:1', size: '1K', quality: 'low' }, price: 4 },
  { model: 'local-restyle', options: { aspect: '1:1', size: '512' }, price: 1 },
  { model: 'flux-2-klein-4b', options: { aspect: '1:1', size: '1K' }, price: 3 },
]

/** Keeps `clients` clients making small pictures and reading them back, until stopped or the backend is gone. */
export function startLoad(
  origin: string,
  accessToken: string,
  picture: Uint8Array<ArrayBuffer>,
  told: Told,
  clients: number,
): Load {
  let running = true
  const headers = { authorization: `Bearer ${accessToken}`, 'x-mimicit-contract': '1' }

  async function call<T>(path: string, init: RequestInit = {}): Promise<T | null> {
    try {
      const answer = await fetch(origin + path, {
        ...init,
        headers: { ...headers, ...init.headers },
        signal: AbortSignal.timeout(hangsMs),
      })
      told.answers += 1
      return answer.ok ? ((await answer.json()) as T) : null
    } catch {
      return null
    }
  }

  async function makeOne(client: number): Promise<void> {
    const key = randomUUID()
    const spec: GenerationSpec = {
      ...orders[client % orders.length]!,
      prompt: `${prompts[client % prompts.length]} ${markOf(key)}`,
      negative: '',
      sources: [{ role: 'subject', weight: 100 }],
    }
    const send = () => {
      const body = new FormData()
      body.set('spec', JSON.stringify(spec))
      body.set('source', new Blob([picture], { type: 'image/png' }), 'source')
      return call<Generation>('/v1/generations', { method: 'POST', body, headers: { 'idempotency-key': key } })
    }
    // Twice with one key, as a panel does whose first answer was lost.
    for (const answered of await Promise.all([send(), send()])) {
      if (!answered) continue
      const ids = told.jobs.get(key) ?? new Set()
      told.jobs.set(key, ids.add(answered.id))
    }
    const [id] = told.jobs.get(key) ?? []
    while (id && running) {
      const job = await call<Generation>(`/v1/generations/${id}`)
      if (!job) return
      if (job.pictures[0]) told.done.set(id, job.pictures[0].id)
      if (['done', 'failed', 'unknown'].includes(job.state)) return
      // The processor is for the backend.
      await new Promise(resolve => setTimeout(resolve, askAgainMs))
    }
  }

  const loops = Array.from({ length: clients }, async (_, client) => {
    while (running) {
      await makeOne(client)
      await new Promise(resolve => setImmediate(resolve))
    }
  })

  return {
    told,
    async stop() {
      running = false
      await Promise.all(loops)
    },
  }
}
