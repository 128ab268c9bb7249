import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

/** Builds the extension for the backend at `origin` into `<outDir>/chrome-mv3`; resolves with that folder. */
export async function buildExtension(origin: string, outDir = join(root, '.output')): Promise<string> {
  const env = { ...process.env, MIMICIT_ORIGIN: origin, MIMICIT_OUT_DIR: outDir }
  const child = spawn(process.execPath, [join(root, 'node_modules/wxt/bin/wxt.mjs'), 'build'], { cwd: root, env })
  let output = ''
  child.stdout.on('data', chunk => {
    output += chunk
  })
  child.stderr.on('data', chunk => {
    output += chunk
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`The extension could not be built.\n${output}`)
  return join(outDir, 'chrome-mv3')
}

export interface Backend {
  origin: string
  process: ChildProcess
  /** What it has written to standard error. */
  lastWords(): string
  /** SIGTERM, then waits for the end. */
  stop(): Promise<void>
}

/** Starts the real backend as a process of its own; `ready` resolves when it answers, and throws its last words if it ends. */
export function spawnBackend(env: Record<string, string>): Backend & { ready: Promise<void> } {
  const port = env.PORT ?? '8787'
  const child = spawn(
    process.execPath,
    [...(existsSync(join(root, '.env')) ? ['--env-file=.env'] : []), 'bff/main.ts'],
    {
      cwd: root,
      env: { ...process.env, ...env, PORT: port },
      stdio: ['ignore', 'inherit', 'pipe'],
      // Out of reach of Ctrl+C: it is stopped by us, once, and not a second time by the terminal.
      detached: true,
    },
  )
  let errors = ''
  child.stderr?.on('data', chunk => {
    errors += chunk
  })
  const origin = `http://localhost:${port}`
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null

  async function untilReady(): Promise<void> {
    while (!(await answers(origin))) {
      if (hasEnded()) throw new Error(errors.trim() || `The backend ended with code ${child.exitCode}.`)
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }

  return {
    origin,
    process: child,
    lastWords: () => errors.trim(),
    ready: untilReady(),
    async stop() {
      if (hasEnded()) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** The same, once it answers. */
export async function startBackend(env: Record<string, string>): Promise<Backend> {
  const backend = spawnBackend(env)
  await backend.ready
  return backend
}

async function answers(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/health`, { signal: AbortSignal.timeout(1000) })).ok
  } catch {
    return false
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
