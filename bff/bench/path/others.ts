import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { freePort } from '../../../scripts/ports.ts'
import { cpuMs } from '../process-use.ts'
import { atRate, type Measured } from './load.ts'

/** Starts one of our scripts that tells the port it listens on. */
export async function forked(file: string, env: Record<string, string> = {}) {
  const child: ChildProcess = fork(new URL(file, import.meta.url), { env: { ...process.env, ...env } })
  const [port] = (await once(child, 'message')) as [number]
  return { process: child, port }
}

/** The least a thin backend can do: stores nothing, counts nothing. */
export async function measureForwarder(providerUrl: string, rate: number): Promise<Measured> {
  const forwarder = await forked('forwarder.ts', { PROVIDER_URL: providerUrl })
  const url = `http://127.0.0.1:${forwarder.port}/generate`
  return measure(forwarder.process, rate, () => post(url, {}))
}

/** Portkey's gateway, from the folder it was installed in (`npm install @portkey-ai/gateway`). */
export async function measureGateway(folder: string, providerUrl: string, rate: number): Promise<Measured> {
  const port = await freePort()
  const script = join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js')
  const gateway = spawn(process.execPath, [script, `--port=${port}`, '--headless'], { cwd: folder, stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}/v1/images/generations`
  const headers = { authorization: 'Bearer key', 'x-portkey-provider': 'openai', 'x-portkey-custom-host': providerUrl }
  for (let tries = 0; tries < 100 && !(await fetch(url).catch(() => null)); tries++)
    await new Promise(resolve => setTimeout(resolve, 100))
  return measure(gateway, rate, () => post(url, headers))
}

async function measure(child: ChildProcess, rate: number, call: () => Promise<number>): Promise<Measured> {
  try {
    return await atRate(rate, () => cpuMs(child.pid!), call)
  } finally {
    child.kill()
  }
}

async function post(url: string, headers: Record<string, string>): Promise<number> {
  const begin = performance.now()
  const body = JSON.stringify({ model: 'gpt-image-2', prompt: 'A kite' })
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`The other one answered ${answer.status}.`)
  return performance.now() - begin
}
