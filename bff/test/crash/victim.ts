import { once } from 'node:events'
import { type Backend, spawnBackend, startBackend } from '../../../scripts/processes.ts'
import { signIn } from '../sign-in.ts'
import { until } from '../until.ts'

/** The real backend on a folder of its own, to be killed again and again. It does not outlive the process that has it. */
export async function startVictim(env: Record<string, string>) {
  /** How long the last start took on this machine today. */
  let startTook = 0
  let backend = await start()

  async function start(): Promise<Backend> {
    const begun = performance.now()
    const started = await startBackend(env)
    startTook = performance.now() - begun
    return started
  }

  return {
    origin: backend.origin,
    /** SIGKILL; resolves when it is gone. */
    async kill(): Promise<void> {
      const ended = once(backend.process, 'exit')
      backend.process.kill('SIGKILL')
      await ended
    },
    async restart(): Promise<void> {
      backend = await start()
    },
    /** A start that is killed at this share (0 to 1) of the time that the last one took. */
    async killWhileStarting(share: number): Promise<void> {
      const started = spawnBackend(env)
      started.ready.catch(() => {})
      const ended = once(started.process, 'exit')
      await pause(share * startTook)
      started.process.kill('SIGKILL')
      await ended
    },
    /** A new one each time: a loop may take longer than a token lives. */
    async accessToken(): Promise<string> {
      return (await signIn(backend.origin, { name: 'Crash', email: 'crash@example.test' })).accessToken
    },
    stop: () => backend.stop(),
  }
}

export const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** So much work is done. A slow machine takes longer over it: only what hangs is an error. */
export const untilDone = (condition: () => boolean) => until(condition, 10 * 60_000)
