import { fork } from 'node:child_process'
import { once } from 'node:events'
import { toolsFor } from '../providers/index.ts'
import { openai } from '../providers/openai/index.ts'
import type { CallControl, ImageRequest } from '../providers/provider.ts'

const request: ImageRequest = {
  kind: 'image',
  endpoint: 'gpt-image-2',
  parameters: {
    size: { step: 16, maxSide: 3840, maxRatio: 3, minPixels: 655_360, maxPixels: 8_294_400 },
    send: [],
    responseFormat: null,
    prices: null,
  },
  prompt: 'A kite',
  negative: '',
  sources: [],
  width: 1024,
  height: 1024,
  aspect: '1:1',
  size: '1K',
  quality: null,
  count: 1,
  seed: 1,
  transparent: false,
}
const control: CallControl = { signal: new AbortController().signal, onProgress() {}, admit: async () => {} }

/** Both are measured by turns in each round; the median ratio counts. */
const rounds = 7

/**
 * A picture by way of adapter, provider's client and egress against Node's own fetch, JSON and base64 alone, one call at a
 * time: what it adds to the time of a call and to the work of this process. `goal` is the most that a ratio may be.
 */
export async function benchProvider() {
  const provider = fork(new URL('./provider-server.ts', import.meta.url))
  const [port] = (await once(provider, 'message')) as [number]
  try {
    const rows = []
    for (const { name, bytes, calls, goal } of [
      { name: 'provider, picture of 200 KB', bytes: 200_000, calls: 60, goal: 2 },
      { name: 'provider, picture of 2 MB', bytes: 2_000_000, calls: 20, goal: 2 },
    ]) {
      const baseUrl = `http://127.0.0.1:${port}/${bytes}`
      const adapter = openai.create({ key: 'key', baseUrl }, toolsFor(openai, Date.now))
      const ours = async () => void (await adapter.call(request, control))
      const measured = await compare(ours, () => bareCall(baseUrl), calls)
      rows.push({ name: `${name}, time`, ...metric(measured, 'ms'), goal: `at most ${goal}` })
      await adapter.close()
      rows.push({ name: `${name}, work`, ...metric(measured, 'cpuMs'), goal: `at most ${goal}` })
    }
    return rows
  } finally {
    provider.kill()
  }
}

async function bareCall(baseUrl: string): Promise<void> {
  const answer = await fetch(`${baseUrl}/images/generations`, { method: 'POST', body: '{"prompt":"A kite"}' })
  const { data } = (await answer.json()) as { data: [{ b64_json: string }] }
  Buffer.from(data[0].b64_json, 'base64')
}

interface PerCall {
  ms: number
  cpuMs: number
}

async function compare(ours: () => Promise<void>, bare: () => Promise<void>, calls: number) {
  for (const call of [bare, ours]) await perCall(call, calls) // warm up
  const measured = []
  for (let round = 0; round < rounds; round++)
    measured.push({ bare: await perCall(bare, calls), ours: await perCall(ours, calls) })
  return measured
}

async function perCall(call: () => Promise<void>, calls: number): Promise<PerCall> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  for (let made = 0; made < calls; made++) await call()
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  return { ms: ms / calls, cpuMs: (user + system) / 1000 / calls }
}

const metric = (measured: { bare: PerCall; ours: PerCall }[], part: keyof PerCall) => ({
  value: median(measured.map(({ ours }) => ours[part])),
  unit: part === 'ms' ? 'ms a call' : 'ms of CPU',
  against: `fetch alone (${median(measured.map(({ bare }) => bare[part])).toPrecision(2)})`,
  ratio: median(measured.map(({ ours, bare }) => ours[part] / bare[part])),
})

const median = (values: number[]) => values.toSorted((one, two) => one - two)[Math.floor(values.length / 2)]!
