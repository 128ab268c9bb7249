import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Backend, freePort, startBackend } from '../../.ci/processes.ts'
import type { Generation, GenerationSpec } from '../contract/generations.ts'
import { signIn } from '../test/sign-in.ts'
import { cpuMs, memoryMb } from './process-use.ts'

const spec: GenerationSpec = {
  model: 'gpt-image-2',
  prompt: 'A kite',
  sources: [],
  options: { aspect: '1:1', size: '1K', quality: 'low' },
  price: 1,
}
/** As many as one person may have open. */
const jobsPerPerson = 8
const together = 64
/** Asking costs the backend work too; times are its own, so that asking rarely takes nothing from them. */
const pollMs = 1000
const warmUpMs = 5000
const measuredMs = 10_000

/**
 * The whole paid path of the real backend (job and hold on the disk, the call, the sealed result, the payment) against a
 * bare forwarder that stores nothing. Both ask the same maker, which answers at once, and get as many requests a second.
 */
export async function benchPath() {
  const maker = await forked('maker-server.ts')
  const rows = []
  for (const { name, bytes, rate } of [
    { name: 'path, picture of 2 KB', bytes: 2_000, rate: 50 },
    { name: 'path, picture of 2 KB', bytes: 2_000, rate: 200 },
    { name: 'path, picture of 2 MB', bytes: 2_000_000, rate: 10 },
  ]) {
    const makerUrl = `http://127.0.0.1:${maker.port}/${bytes}`
    const ours = await withBackend(makerUrl, backend => measurePath(backend, rate))
    const bare = await measureForwarder(makerUrl, rate)
    const against = 'a bare Fastify and undici forwarder'
    const at = `${name}, ${rate} a second`
    rows.push(
      { name: `${at}, time`, value: ours.ms, unit: 'ms', against, ratio: ours.ms / bare.ms, goal: 'stores and pays' },
      { name: `${at}, work`, value: ours.cpu, unit: 'cpu ms', against, ratio: ours.cpu / bare.cpu, goal: 'as above' },
    )
  }
  rows.push(await measureMemory(`http://127.0.0.1:${maker.port}/together/${together}/`))
  maker.process.kill()
  return rows
}

async function forked(file: string, env: Record<string, string> = {}) {
  const child: ChildProcess = fork(new URL(file, import.meta.url), { env: { ...process.env, ...env } })
  const [port] = (await once(child, 'message')) as [number]
  return { process: child, port }
}

async function withBackend<T>(makerUrl: string, measure: (backend: Backend) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mimicit-path-'))
  const modelsFile = join(dataDir, 'models.json')
  const price = { base: 0, perSize: { '1K': 1 }, perQuality: { low: 1 }, perPicture: 0 }
  const sizes = [{ name: '1K', longSide: 1024 }]
  writeFileSync(
    modelsFile,
    JSON.stringify([
      {
        id: 'gpt-image-2',
        price,
        sizes,
        options: { seed: false, negative: false, transparent: false, qualities: ['low'], maxCount: 1 },
      },
    ]),
  )
  const backend = await startBackend({
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    MODELS_FILE: modelsFile,
    RATE_PER_MINUTE: '10000000',
    LOG_LEVEL: 'silent',
    FREE_CREDITS: '1000000',
    OPENAI_API_KEY: 'key',
    OPENAI_BASE_URL: makerUrl,
  })
  try {
    return await measure(backend)
  } finally {
    await backend.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const people = (backend: Backend, count: number) =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const { accessToken } = await signIn(backend.origin, { name: `P${index}`, email: `p${index}@example.test` })
      return { authorization: `Bearer ${accessToken}`, 'x-mimicit-contract': '1' }
    }),
  )

type Headers = Awaited<ReturnType<typeof people>>[number]

/** Time from the request to the picture in the history, by our clock and the backend's own times. */
async function makeOne({ origin }: Backend, headers: Headers): Promise<number> {
  const body = new FormData()
  body.set('spec', JSON.stringify(spec))
  const begin = performance.now()
  const accepted = await fetch(`${origin}/v1/generations`, {
    method: 'POST',
    body,
    headers: { ...headers, 'idempotency-key': randomUUID() },
  })
  const acceptedMs = performance.now() - begin
  let job = (await accepted.json()) as Generation
  while (job.endedAt === null) {
    await new Promise(resolve => setTimeout(resolve, pollMs))
    job = (await (await fetch(`${origin}/v1/generations/${job.id}`, { headers })).json()) as Generation
  }
  if (job.state !== 'done') throw new Error(`A job of the bench ended as ${job.state}: ${job.problem}.`)
  return acceptedMs + job.endedAt - job.createdAt
}

async function measurePath(backend: Backend, rate: number) {
  const all = await people(backend, 32)
  const use = () => cpuMs(backend.process.pid!)
  return atRate(rate, use, index => makeOne(backend, all[index % all.length]!))
}

async function measureForwarder(makerUrl: string, rate: number) {
  const forwarder = await forked('forwarder.ts', { MAKER_URL: makerUrl })
  const forward = async () => {
    const begin = performance.now()
    const answer = await fetch(`http://127.0.0.1:${forwarder.port}/generate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(spec),
    })
    await answer.arrayBuffer()
    return performance.now() - begin
  }
  const figures = await atRate(rate, () => cpuMs(forwarder.process.pid!), forward)
  forwarder.process.kill()
  return figures
}

/** The most memory that many large answers at once add, against their own size. */
async function measureMemory(makerUrl: string) {
  const bytes = 4_000_000
  const grown = await withBackend(`${makerUrl}${bytes}`, async backend => {
    const all = await people(backend, together / jobsPerPerson)
    const pid = backend.process.pid!
    const idle = memoryMb(pid)
    let peak = idle
    const timer = setInterval(() => {
      peak = Math.max(peak, memoryMb(pid))
    }, 10)
    await Promise.all(all.flatMap(headers => Array.from({ length: jobsPerPerson }, () => makeOne(backend, headers))))
    clearInterval(timer)
    return peak - idle
  })
  const held = (together * bytes) / 1e6
  return {
    name: `memory of ${together} answers of 4 MB at once`,
    value: grown,
    unit: 'MB',
    against: 'the answers themselves',
    ratio: grown / held,
    goal: 'at most 120 MB',
  }
}

/** So many calls a second, however long each takes; the median of their times, and the processor time of one. */
async function atRate(rate: number, use: () => number, call: (index: number) => Promise<number>) {
  let started = 0
  const during = async (ms: number) => {
    const calls: Promise<number>[] = []
    const begin = performance.now()
    while (performance.now() - begin < ms) {
      while (calls.length < ((performance.now() - begin) * rate) / 1000) calls.push(call(started++))
      await new Promise(resolve => setTimeout(resolve, 1))
    }
    return Promise.all(calls)
  }
  await during(warmUpMs)
  const before = use()
  const times = await during(measuredMs)
  return { ms: median(times), cpu: (use() - before) / times.length }
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
