import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

/** Builds the extension for the backend at `origin` into `<outDir>/chrome-mv3`; resolves with that folder. */
export async function buildExtension(
  origin: string,
  outDir = join(root, '.output'),
  signal?: AbortSignal,
): Promise<string> {
  const env = { ...process.env, MIMICIT_ORIGIN: origin, MIMICIT_OUT_DIR: outDir }
  const wxt = join(root, 'node_modules/wxt/bin/wxt.mjs')
  const child = spawn(process.execPath, [wxt, 'build'], { cwd: root, env, ...(signal && { signal }) })
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
  const child = spawn(process.execPath, ['bff/main.ts'], {
    cwd: root,
    env: { ...process.env, ...env, PORT: port },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    // Out of reach of Ctrl+C: it is stopped by us, once, and not a second time by the terminal.
    detached: true,
  })
  let errors = ''
  child.stderr?.on('data', chunk => {
    errors += chunk
  })
  // `close` comes when its last words are read, `exit` may come before.
  const ended = once(child, 'close')
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null

  return {
    origin: `http://localhost:${port}`,
    process: child,
    lastWords: () => errors.trim(),
    ready: Promise.race([
      once(child, 'message').then(() => {}),
      ended.then(() => {
        throw new Error(errors.trim() || `The backend ended with code ${child.exitCode}.`)
      }),
    ]),
    async stop() {
      if (!hasEnded()) child.kill('SIGTERM')
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
