import { MakerError } from '../maker-error.ts'
import type { DirectProvider } from '../provider.ts'
import { createPool } from './pool.ts'

export interface LocalProviderOptions {
  /** Worker threads; 0: one less than the machine has. */
  threads: number
}

/** The on-device maker: real image work on this machine, no network, not AI. The same request gives the same bytes. */
export function createLocalProvider({ threads }: LocalProviderOptions): DirectProvider {
  const pool = createPool({ threads, workerUrl: new URL('./worker.ts', import.meta.url) })
  return {
    way: 'direct',
    repeatable: true,
    async call(request, control) {
      if (request.kind !== 'image') throw new MakerError({ kind: 'rejected_input' })
      return { kind: 'files', files: [await pool.run(request, control)], usage: { microUsd: 0 } }
    },
    close: () => pool.close(),
  }
}
