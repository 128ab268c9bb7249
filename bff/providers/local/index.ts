import { MakerError } from '../maker-error.ts'
import type { DirectProvider } from '../provider.ts'
import { createPool } from './pool.ts'

export interface LocalProviderOptions {
  /** Worker threads; 0: one less than the machine has. */
  threads: number
}

const usage = { microUsd: 0 }

/** The on-device maker: real image work on this machine, no network, not AI. The same request gives the same bytes. */
export function createLocalProvider({ threads }: LocalProviderOptions): DirectProvider {
  const pool = createPool({ threads, workerUrl: new URL('./worker.ts', import.meta.url) })
  return {
    way: 'direct',
    repeatable: true,
    async call(request, control) {
      switch (request.kind) {
        case 'image': {
          const { prompt, sources, width, height, seed } = request
          const picture = await pool.run({ kind: 'restyle', prompt, sources, width, height, seed }, control)
          return { kind: 'files', files: [picture], usage }
        }
        case 'reading': {
          const json = await pool.run({ kind: 'reading', source: request.source }, control)
          return { kind: 'reading', reading: JSON.parse(json.toString()), usage }
        }
        case 'model3d':
          throw new MakerError({ kind: 'rejected_input' })
      }
    },
    close: () => pool.close(),
  }
}
