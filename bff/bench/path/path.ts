import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Metric } from '../../../scripts/metric.ts'
import { freePort } from '../../../scripts/ports.ts'
import { type Backend, startBackend } from '../../../scripts/processes.ts'
import type { Generation, GenerationSpec } from '../../contract/generations.ts'
import { png } from '../../test/fakes/files.ts'
import { signIn } from '../../test/sign-in.ts'
import { cpuMs, memoryMb } from '../process-use.ts'
import { atRate, type Measured } from './load.ts'
import { measureNativeWork } from './native-work.ts'
import { forked, measureForwarder, measureGateway } from './others.ts'

const spec: GenerationSpec = {
  model: 'gpt-image-2',
  prompt: 'A kite',
  negative: '',
  sources: [],
  options: { aspect: '1:1', size: '1K', quality: 'low' },
  price: 1,
}
/** As many as one person may have open. */
const jobsPerPerson = 8
const together = 64
/** Asking costs the backend work too; times are its own, so that asking rarely takes nothing from them. */
const pollMs = 1000
/** A folder that Portkey's gateway was installed in; without it the gateway is not measured. */
const gatewayFolder = process.env.GATEWAY

/**
 * The whole paid path of the real backend (job and hold on the disk, the call, the sealed result, the payment) against
 * others that only forward, asking the same provider (which answers at once) as often, and against the native work that a
 * paid job cannot do without.
 */
export async function benchPath(): Promise<Metric[]> {
  const provider = await forked('../provider-server.ts')
  try {
    return [
      ...(await measureSize(provider.port, { name: '2 KB', bytes: 2_000, rate: 50 })),
      ...(await measureSize(provider.port, { name: '2 MB', bytes: 2_000_000, rate: 10 })),
      await measureMemory(`http://127.0.0.1:${provider.port}/together/${together}/`),
    ]
  } finally {
    provider.process.kill()
  }
}

async function measureSize(
  port: number,
  { name, bytes, rate }: { name: string; bytes: number; rate: number },
): Promise<Metric[]> {
  const providerUrl = `http://127.0.0.1:${port}/${bytes}`
  const ours = await withBackend(providerUrl, backend => measurePath(backend, rate))
  const others: [string, Measured][] = [
    ['a bare Fastify and undici forwarder', await measureForwarder(providerUrl, rate)],
    ['commits, files and small copy alone', await measureNativeWork(png(7, bytes))],
  ]
  if (gatewayFolder) others.push(["Portkey's gateway", await measureGateway(gatewayFolder, providerUrl, rate)])
  const path = `path, ${name}, ${rate} a second`
  const goal = 'stores and pays'
  return others.flatMap(([against, other]) => [
    { name: `${path}, time`, value: ours.ms, unit: 'ms', against, ratio: ours.ms / other.ms, goal },
    { name: `${path}, work`, value: ours.cpu, unit: 'cpu ms', against, ratio: ours.cpu / other.cpu, goal },
  ])
}

async function withBackend<T>(providerUrl: string, measure: (backend: Backend) => Promise<T>): Promise<T> {
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
    OPENAI_BASE_URL: providerUrl,
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

async function measurePath(backend: Backend, rate: number): Promise<Measured> {
  const all = await people(backend, 32)
  const use = () => cpuMs(backend.process.pid!)
  return atRate(rate, use, index => makeOne(backend, all[index % all.length]!))
}

/** The most memory that many large answers at once add, against their own size. */
async function measureMemory(providerUrl: string): Promise<Metric> {
  const bytes = 4_000_000
  const grown = await withBackend(`${providerUrl}${bytes}`, async backend => {
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
