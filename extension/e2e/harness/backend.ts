import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../../../bff/app/app.ts'
import { readConfig } from '../../../bff/config/config.ts'
import { createLocalProvider } from '../../../bff/providers/local/index.ts'
import type { DirectProvider, Provider } from '../../../bff/providers/provider.ts'
import { scanLog } from '../../../bff/test/log-scan.ts'
import { freePort } from '../../../scripts/processes.ts'

export interface TestBackend {
  origin: string
  dataDir: string
  /** Calls of the model wait from now on ... */
  hold(): void
  /** ... until they are let go. */
  release(): void
  /** Calls the model has seen so far. */
  calls(): number
  /** Stops listening and starts again on the same port and data, as after a deployment. */
  restart(): Promise<void>
  down(): Promise<void>
  /** Throws when its log shows what a log must not show. */
  close(): Promise<void>
}

/**
 * The real backend in this process, on a free port and an empty data folder; only the moment of a result can be held.
 * `makers`, by the name the catalogue uses, stand in for those whose keys nobody has here.
 */
export async function startTestBackend(
  env: Record<string, string> = {},
  makers: ReadonlyMap<string, Provider> = new Map(),
): Promise<TestBackend> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mimicit-e2e-'))
  const config = readConfig({
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'debug',
    LOCAL_THREADS: '1',
    RATE_PER_MINUTE: '100000',
    ...env,
  })
  const gate = createGate()
  const log: string[] = []
  const hear = (line: string) => {
    log.push(line)
    // Whoever looks for why a test failed wants to see these.
    if (JSON.parse(line).level >= 50) process.stderr.write(line)
  }
  const start = async () => {
    const local = gate.around(createLocalProvider({ threads: config.localThreads }))
    const providers = new Map<string, Provider>([['local', local], ...makers])
    const app = await build({ config, providers, stopGraceMs: 0, logTo: { write: hear } })
    await app.listen({ host: config.host, port: config.port })
    return app
  }
  let app: Awaited<ReturnType<typeof start>> | null = await start()

  const backend: TestBackend = {
    origin: config.origin,
    dataDir,
    hold: gate.hold,
    release: gate.release,
    calls: gate.calls,
    async down() {
      gate.release()
      await app?.close()
      app = null
    },
    async restart() {
      await backend.down()
      app = await start()
    },
    async close() {
      await backend.down()
      rmSync(dataDir, { recursive: true, force: true })
      const shown = scanLog(log)
      if (shown.length > 0) throw new Error(`The log shows what it must not:\n${shown.join('')}`)
    },
  }
  return backend
}

/** Lets a test decide when a model answers, so that nothing has to sleep. */
function createGate() {
  let open = Promise.withResolvers<void>()
  open.resolve()
  let calls = 0
  return {
    hold() {
      open = Promise.withResolvers<void>()
    },
    release() {
      open.resolve()
    },
    calls: () => calls,
    around: (provider: DirectProvider): DirectProvider => ({
      ...provider,
      async call(request, control) {
        calls += 1
        control.onProgress(0.1)
        const stopped = new Promise<void>(resolve =>
          control.signal.addEventListener('abort', () => resolve(), { once: true }),
        )
        await Promise.race([open.promise, stopped])
        return provider.call(request, control)
      },
    }),
  }
}
