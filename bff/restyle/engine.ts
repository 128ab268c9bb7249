import type { Description } from './description/describe.ts'
import type { Picture, RestyleOrder } from './order.ts'
import { type Control, createPool } from './pool.ts'

/**
 * Real image work in worker threads: no network, no AI, nothing of the backend. Throws RestyleError.
 * It stops within a moment when the signal says so.
 */
export interface RestyleEngine {
  /** A PNG of the wanted size. */
  restyle(order: RestyleOrder, control: Control): Promise<Buffer>
  describe(picture: Picture, control: Control): Promise<Description>
  close(): Promise<void>
}

/** `threads` 0: one less than the machine has. */
export function createRestyleEngine({ threads }: { threads: number }): RestyleEngine {
  const pool = createPool({ threads, workerUrl: new URL('./worker.ts', import.meta.url) })
  return {
    restyle: (order, control) => pool.run({ kind: 'restyle', order }, control),
    describe: async (picture, control) =>
      JSON.parse((await pool.run({ kind: 'describe', picture }, control)).toString()),
    close: pool.close,
  }
}
