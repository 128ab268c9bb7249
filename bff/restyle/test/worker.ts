import { parentPort } from 'node:worker_threads'
import type { FromWorker, ToWorker } from '../pool.ts'

/**
 * Stands in for the real worker where a test needs it to misbehave. The prompt says how: `die` ends the thread, `throw`
 * breaks outside every handler, `refuse` answers with a failure, `wait` runs until it is stopped, all else echoes the seed.
 */
const send = (message: FromWorker) => parentPort?.postMessage(message)

parentPort?.on('message', ({ task, stop }: ToWorker) => {
  if (task.kind !== 'restyle') return
  const { prompt, seed } = task.order
  send({ kind: 'progress', fraction: 0.5 })
  if (prompt === 'die') process.exit(3)
  if (prompt === 'throw') throw new Error('broken on purpose')
  if (prompt === 'refuse') return send({ kind: 'failed', code: 'failed', detail: 'refused on purpose' })
  if (prompt === 'wait') {
    while (Atomics.load(stop, 0) === 0) Atomics.wait(stop, 0, 0, 5)
    return send({ kind: 'failed', code: 'cancelled', detail: 'stopped' })
  }
  send({ kind: 'done', bytes: Uint8Array.of(seed) })
})
