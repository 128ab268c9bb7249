import { parentPort } from 'node:worker_threads'
import { ProblemError } from '../../contract/problems.ts'
import type { FromWorker, ToWorker } from './pool.ts'
import { runTask } from './task.ts'

/** Smallest step of progress worth a message. */
const reportStep = 0.02

const port = parentPort
if (!port) throw new Error('This file runs as a worker thread only.')

port.on('message', async ({ task, stop }: ToWorker) => {
  let reported = 0
  const tick = (done: number) => {
    if (Atomics.load(stop, 0)) throw new ProblemError('cancelled')
    if (done < reported + reportStep) return
    reported = done
    port.postMessage({ kind: 'progress', fraction: Math.min(1, done) } satisfies FromWorker)
  }
  try {
    const bytes = new Uint8Array(await runTask(task, tick))
    port.postMessage({ kind: 'done', bytes } satisfies FromWorker, [bytes.buffer])
  } catch (error) {
    const code = error instanceof ProblemError ? error.code : 'internal'
    port.postMessage({ kind: 'failed', code, detail: String(error) } satisfies FromWorker)
  }
})
