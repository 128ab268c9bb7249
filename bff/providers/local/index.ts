import type { Provider } from '../provider.ts'
import { createPool } from './pool.ts'

export interface LocalProviderOptions {
  /** Worker threads; 0: one less than the machine has. */
  threads: number
}

/** The on-device maker: real image work on this machine, no network, not AI. The same request gives the same bytes. */
export function createLocalProvider({ threads }: LocalProviderOptions): Provider {
  const pool = createPool({ threads, workerUrl: new URL('./worker.ts', import.meta.url) })
  return {
    repeatable: true,
    call: async (request, control) => ({ bytes: await pool.run(request, control), mime: 'image/png' }),
    close: () => pool.close(),
  }
}
