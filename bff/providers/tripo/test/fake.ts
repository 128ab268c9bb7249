import { openContract } from '../../../test/fakes/contracts.ts'
import { resetBeforeHeaders } from '../../../test/fakes/faults.ts'
import { glb, png } from '../../../test/fakes/files.ts'
import { type Fault, jsonOf, type SeenRequest, startFake } from '../../../test/fakes/server.ts'

/** Links to results live this long. */
const linkMs = 5 * 60_000

type Fields = Record<string, unknown>

export interface TripoTask {
  id: string
  input: Fields
  status: 'queued' | 'running' | 'success' | 'failed' | 'cancelled' | 'unknown' | 'banned' | 'expired'
  progress: number
  creditsConsumed: unknown
  errorCode: number | undefined
  /** Another GLB than the usual one. */
  model: Buffer
  /** Another place of the GLB. */
  modelUrl: string | null
}

export interface FakeTripoOptions {
  key: string
  now: () => number
  models: readonly string[]
}

/** Tripo3D's API, version 3, on this machine: files, tasks, and links that expire by the clock. */
export async function startFakeTripo({ key, now, models }: FakeTripoOptions) {
  const contract = openContract('tripo-v3.schema.json')
  const tasks = new Map<string, TripoTask>()
  const uploads = new Map<string, Buffer>()
  const violations: string[] = []
  let losesAnswer = false
  let onFiles: Fault | null = null
  let onCreation: Fault | null = null
  let linkAge = 0
  let keepsLinks = false
  let firstLinkAt: number | null = null

  const judge = (name: string, value: unknown) => violations.push(...(contract?.(`#/definitions/${name}`, value) ?? []))
  const answer = (name: string, data: object) => {
    judge(name, { code: 0, data })
    return { code: 0, data }
  }

  const fake = await startFake(app => {
    const isOurs = (headers: SeenRequest['headers']) => headers.authorization === `Bearer ${key}`
    const refusal = (code: number) => ({ code, message: 'No.', suggestion: 'Another time.' })

    app.get('/result/:id/:name', ({ params, query, headers }, reply) => {
      const { id, name } = params as { id: string; name: string }
      if (headers.authorization) violations.push('a file was fetched with credentials')
      if (onFiles) return onFiles(reply, fake.seen.at(-1)!)
      if (now() >= Number((query as { until: string }).until)) return reply.code(403).send('<Error>Expired</Error>')
      return reply.type('application/octet-stream').send(name === 'model.glb' ? tasks.get(id)!.model : png(9))
    })

    app.post('/v3/files', ({ headers, body }, reply) => {
      if (!isOurs(headers)) return reply.code(401).send(refusal(1002))
      const token = `file-${uploads.size + 1}`
      uploads.set(token, body as Buffer)
      return answer('UploadResponse', { file_token: token })
    })

    app.post('/v3/generation/image-to-model', ({ headers, body }, reply) => {
      if (onCreation) return onCreation(reply, fake.seen.at(-1)!)
      if (!isOurs(headers)) return reply.code(401).send(refusal(1002))
      const input = jsonOf({ body: body as Buffer }) as Fields
      judge('ImageToModelRequest', input)
      if (!uploads.has(String(input.input))) return reply.code(400).send(refusal(2003))
      if (!models.includes(String(input.model))) return reply.code(400).send(refusal(2015))
      const id = `task-${tasks.size + 1}`
      const usual = { status: 'queued', progress: 0, creditsConsumed: 30, errorCode: undefined } as const
      tasks.set(id, { id, input, ...usual, model: glb(), modelUrl: null })
      if (losesAnswer) return resetBeforeHeaders(reply, fake.seen.at(-1)!)
      return answer('CreateTaskResponse', { task_id: id })
    })

    app.get('/v3/tasks/:id', ({ params, headers }, reply) => {
      if (!isOurs(headers)) return reply.code(401).send(refusal(1002))
      const task = tasks.get((params as { id: string }).id)
      return task ? answer('TaskResponse', toTask(task)) : reply.code(404).send(refusal(2001))
    })
  })

  function toTask({ id, status, progress, creditsConsumed, errorCode, modelUrl }: TripoTask) {
    firstLinkAt ??= now()
    const until = (keepsLinks ? firstLinkAt : now()) + linkMs - linkAge
    linkAge = 0
    const link = (name: string) => `${fake.url}/result/${id}/${name}?until=${until}`
    const done = { model_url: modelUrl ?? link('model.glb'), rendered_image_url: link('preview.png') }
    return {
      task_id: id,
      type: 'image_to_model',
      status,
      progress,
      output: status === 'success' ? done : {},
      ...(status === 'success' && { credits_consumed: creditsConsumed }),
      ...(errorCode !== undefined && { error_code: errorCode, error_message: 'No.' }),
    }
  }

  return {
    ...fake,
    baseUrl: `${fake.url}/v3`,
    tasks,
    uploads,
    /** What broke the contract; empty, or the test fails. Without CONTRACTS_DIR nothing is judged by it. */
    violations,
    /** The only task. */
    task(): TripoTask {
      if (tasks.size !== 1) throw new Error(`Tripo3D has ${tasks.size} tasks`)
      return [...tasks.values()][0]!
    },
    /** A task is made from now on, and the answer lost. */
    loseAnswers() {
      losesAnswer = true
    },
    /** From now on this fault instead of a task. */
    playOnCreation(fault: Fault | null) {
      onCreation = fault
    },
    /** From now on this fault instead of a file. */
    playOnFiles(fault: Fault | null) {
      onFiles = fault
    },
    /** The next answer's links are as old as that already. */
    ageNextLinks(ms: number) {
      linkAge = ms
    },
    /** The first links are repeated, however old they are. */
    keepLinks() {
      keepsLinks = true
    },
  }
}
