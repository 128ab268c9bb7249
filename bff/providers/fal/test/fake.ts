import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { Contract } from '../../../test/fakes/contracts.ts'
import { openContract } from '../../../test/fakes/contracts.ts'
import { resetBeforeHeaders } from '../../../test/fakes/faults.ts'
import { glb, png } from '../../../test/fakes/files.ts'
import { type Fault, jsonOf, type SeenRequest, startFake } from '../../../test/fakes/server.ts'

/** Endpoints of fal that the product knows, and the names of their input and output in the contract. */
const contracts: Record<string, readonly [input: string, output: string]> = {
  'fal-ai/flux-2-pro': ['Fal_Flux2ProInput', 'Fal_Flux2ProOutput'],
  'fal-ai/flux-2-pro/edit': ['Fal_Flux2ProEditInput', 'Fal_Flux2ProEditOutput'],
  'fal-ai/flux-2-max': ['Fal_Flux2MaxInput', 'Fal_Flux2ProOutput'],
  'fal-ai/flux-2-max/edit': ['Fal_Flux2MaxEditInput', 'Fal_Flux2ProEditOutput'],
  'fal-ai/flux-2-flex': ['Fal_Flux2FlexInput', 'Fal_Flux2ProOutput'],
  'fal-ai/flux-2-flex/edit': ['Fal_Flux2FlexEditInput', 'Fal_Flux2ProEditOutput'],
  'fal-ai/flux-2': ['Fal_Flux2Input', 'Fal_Flux2Output'],
  'fal-ai/flux-2/edit': ['Fal_Flux2EditInput', 'Fal_Flux2Output'],
  // The contract knows klein only as 9B; 4B takes the same fields.
  'fal-ai/flux-2/klein/4b': ['Fal_Flux2Klein9bInput', 'Fal_Flux2Output'],
  'fal-ai/flux-2/klein/4b/edit': ['Fal_Flux2Klein9bEditInput', 'Fal_Flux2Output'],
  'fal-ai/flux-2/klein/9b': ['Fal_Flux2Klein9bInput', 'Fal_Flux2Output'],
  'fal-ai/flux-2/klein/9b/edit': ['Fal_Flux2Klein9bEditInput', 'Fal_Flux2Output'],
  'fal-ai/flux-pro/kontext': ['Fal_FluxProKontextInput', 'Fal_FluxProKontextOutput'],
  'tripo3d/tripo/v2.5/image-to-3d': ['Fal_TripoImageTo3dInput', 'Fal_TripoImageTo3dOutput'],
  'fal-ai/trellis-2': ['Fal_Trellis2Input', 'Fal_Trellis2Output'],
  'fal-ai/hunyuan-3d/v3.1/pro/image-to-3d': ['Fal_Hunyuan3dV31ProInput', 'Fal_Hunyuan3dV31ProOutput'],
  'fal-ai/hunyuan-3d/v3.1/rapid/image-to-3d': ['Fal_Hunyuan3dV31RapidInput', 'Fal_Hunyuan3dV31RapidOutput'],
}

type Fields = Record<string, unknown>

export interface FalJob {
  id: string
  endpoint: string
  input: Fields
  webhook: string | null
  state: 'IN_QUEUE' | 'IN_PROGRESS' | 'COMPLETED'
  cancelled: boolean
  /** A refusal instead of the result: completed is not success. */
  failure: { status: number; body: unknown; headers?: Record<string, string> } | null
  /** Another result than the usual one. */
  output: unknown
}

export interface FakeFalOptions {
  key: string
  now: () => number
}

/** fal on this machine: queue, files, deletion, webhook keys. Judges what it is sent and what it answers by the contract. */
export async function startFakeFal({ key, now }: FakeFalOptions) {
  const contract = openContract('fal-endpoints.schema.json')
  let keys = generateKeyPairSync('ed25519')
  const jobs = new Map<string, FalJob>()
  const files = new Map<string, { bytes: Buffer; type: string }>()
  const deleted: string[] = []
  const violations: string[] = []
  let onFiles: Fault | null = null
  let losesAnswer = false
  const judge = (name: string | undefined, value: unknown) =>
    violations.push(
      ...(name ? ((contract as Contract | null)?.(`#/definitions/${name}`, value) ?? []) : ['unknown endpoint']),
    )

  const fake = await startFake(app => {
    const isOurs = (headers: SeenRequest['headers']) => headers.authorization === `Key ${key}`

    app.get('/.well-known/jwks.json', () => ({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'one' }] }))

    app.get('/media/:name', ({ params, headers }, reply) => {
      const file = files.get((params as { name: string }).name)
      if (headers.authorization) violations.push('a file was fetched with credentials')
      if (onFiles) return onFiles(reply, fake.seen.at(-1)!)
      return file ? reply.type(file.type).send(file.bytes) : reply.code(404).send({ detail: 'Not found' })
    })

    app.delete('/v1/models/requests/:id/payloads', ({ params, headers }, reply) => {
      if (!isOurs(headers)) return reply.code(401).send({ error: { type: 'authorization_error' } })
      deleted.push((params as { id: string }).id)
      return { cdn_delete_results: [] }
    })

    app.route({
      method: ['GET', 'POST', 'PUT'],
      url: '/*',
      handler(request, reply) {
        if (!isOurs(request.headers)) return reply.code(401).send({ detail: 'Authentication is required' })
        const url = new URL(request.url, fake.url)
        if (request.method === 'POST') return submit(url, request.body as Buffer, reply)
        return about(url.pathname, request.method, reply)
      },
    })
  })

  function submit(url: URL, body: Buffer, reply: FastifyReply) {
    const endpoint = url.pathname.slice(1)
    const input = jsonOf({ body }) as Fields
    if (!contracts[endpoint]) return reply.code(404).send({ detail: `Application ${endpoint} not found` })
    judge(contracts[endpoint][0], input)
    const id = `0199aaaa-0000-7000-8000-${String(jobs.size + 1).padStart(12, '0')}`
    const webhook = url.searchParams.get('fal_webhook')
    const job: FalJob = {
      id,
      endpoint,
      input,
      webhook,
      state: 'IN_QUEUE',
      cancelled: false,
      failure: null,
      output: undefined,
    }
    jobs.set(id, job)
    if (losesAnswer) return resetBeforeHeaders(reply, fake.seen.at(-1)!)
    return reply.send({ ...statusOf(job), queue_position: 0 })
  }

  function about(path: string, method: string, reply: FastifyReply) {
    const [, app, id = '', what] = /^\/([^/]+\/[^/]+)\/requests\/([^/]+)(?:\/(status|cancel))?$/.exec(path) ?? []
    const job = jobs.get(id)
    if (!job || !app || !job.endpoint.startsWith(app)) return reply.code(404).send({ detail: 'Request not found' })
    if (method === 'PUT') return cancel(job, reply)
    if (what === 'status') return reply.code(job.state === 'COMPLETED' ? 200 : 202).send(statusOf(job))
    if (job.state !== 'COMPLETED') return reply.code(400).send({ detail: 'Request is still in progress' })
    if (job.failure) {
      const { status, body, headers = {} } = job.failure
      return reply.code(status).headers(headers).send(body)
    }
    return reply.send(job.output === undefined ? usualOutput(job) : job.output)
  }

  function cancel(job: FalJob, reply: FastifyReply) {
    if (job.state === 'COMPLETED') return reply.code(400).send({ status: 'ALREADY_COMPLETED' })
    if (job.state === 'IN_PROGRESS') return reply.code(202).send({ status: 'CANCELLATION_REQUESTED' })
    job.cancelled = true
    return reply.send({ status: 'OK' })
  }

  function statusOf({ id, endpoint, state }: FalJob) {
    const base = `${fake.url}/${endpoint.split('/').slice(0, 2).join('/')}/requests/${id}`
    return {
      status: state,
      request_id: id,
      response_url: base,
      status_url: `${base}/status`,
      cancel_url: `${base}/cancel`,
    }
  }

  /** Puts a file on the host of files; answers its address. */
  function host(name: string, bytes: Buffer, type: string): string {
    files.set(name, { bytes, type })
    return `${fake.url}/media/${name}`
  }

  function usualOutput(job: FalJob) {
    const output = contracts[job.endpoint]![1]
    const result = outputOf(output, job, (name, bytes, type) => ({
      url: host(`${job.id}-${name}`, bytes, type),
      content_type: type,
    }))
    judge(output, result)
    return result
  }

  return {
    ...fake,
    access: { key, queueUrl: fake.url, restUrl: fake.url, apiUrl: `${fake.url}/v1` },
    jobs,
    deleted,
    /** What broke the contract; empty, or the test fails. Without CONTRACTS_DIR nothing is judged by it. */
    violations,
    host,
    /** The only job. */
    job(): FalJob {
      if (jobs.size !== 1) throw new Error(`fal has ${jobs.size} jobs`)
      return [...jobs.values()][0]!
    },
    /** From now on this fault instead of a file. */
    playOnFiles(fault: Fault | null) {
      onFiles = fault
    },
    /** From now on a submit is taken, and its answer lost. */
    loseAnswers() {
      losesAnswer = true
    },
    changeKeys() {
      keys = generateKeyPairSync('ed25519')
    },
    /** A webhook's headers and body as fal would send them; the changes are made before signing. */
    webhookOf(id: string, change: { timestamp?: number; body?: Buffer } = {}) {
      const news = { request_id: id, gateway_request_id: id, status: 'OK', payload: { images: [] } }
      const rawBody = change.body ?? Buffer.from(JSON.stringify(news))
      const timestamp = String(change.timestamp ?? Math.floor(now() / 1000))
      const digest = createHash('sha256').update(rawBody).digest('hex')
      const signature = sign(null, Buffer.from([id, 'user-1', timestamp, digest].join('\n')), keys.privateKey)
      const headers = {
        'x-fal-webhook-request-id': id,
        'x-fal-webhook-user-id': 'user-1',
        'x-fal-webhook-timestamp': timestamp,
        'x-fal-webhook-signature': signature.toString('hex'),
      }
      return { headers, rawBody }
    },
  }
}
export type FakeFal = Awaited<ReturnType<typeof startFakeFal>>

function outputOf(contract: string, { input }: FalJob, file: (name: string, bytes: Buffer, type: string) => object) {
  const count = Number(input.num_images ?? 1)
  const seed = Number(input.seed ?? 7)
  const pictures = () => Array.from({ length: count }, (_, index) => file(`${index}.png`, png(index), 'image/png'))
  const model = () => file('model.glb', glb(), 'model/gltf-binary')
  const preview = () => file('preview.png', png(9), 'image/png')
  switch (contract) {
    case 'Fal_Flux2ProOutput':
    case 'Fal_Flux2ProEditOutput':
      return { images: pictures(), seed }
    case 'Fal_TripoImageTo3dOutput':
      return { task_id: 'tripo-1', model_mesh: model(), rendered_image: preview() }
    case 'Fal_Trellis2Output':
      return { model_glb: model() }
    case 'Fal_Hunyuan3dV31ProOutput':
    case 'Fal_Hunyuan3dV31RapidOutput':
      return { model_glb: model(), model_urls: { glb: model() }, thumbnail: preview() }
    default:
      return {
        images: pictures(),
        seed,
        prompt: input.prompt,
        timings: {},
        has_nsfw_concepts: pictures().map(() => false),
      }
  }
}
