import { parentPort } from 'node:worker_threads'
import { describePicture } from './description/describe.ts'
import type { Tick } from './imaging/bitmap.ts'
import { RestyleError } from './order.ts'
import type { FromWorker, Task, ToWorker } from './pool.ts'
import { restyle } from './restyle.ts'

/** Smallest step of progress worth a message. */
const reportStep = 0.02

const port = parentPort
if (!port) throw new Error('This file runs as a worker thread only.')

port.on('message', async ({ task, stop }: ToWorker) => {
  let reported = 0
  const tick = (done: number) => {
    if (Atomics.load(stop, 0)) throw new RestyleError('cancelled')
    if (done < reported + reportStep) return
    reported = done
    port.postMessage({ kind: 'progress', fraction: Math.min(1, done) } satisfies FromWorker)
  }
  try {
    const bytes = new Uint8Array(await run(task, tick))
    port.postMessage({ kind: 'done', bytes } satisfies FromWorker, [bytes.buffer])
  } catch (error) {
    const code = error instanceof RestyleError ? error.code : 'failed'
    port.postMessage({ kind: 'failed', code, detail: String(error) } satisfies FromWorker)
  }
})

async function run(task: Task, tick: Tick): Promise<Uint8Array> {
  return task.kind === 'restyle'
    ? restyle(task.order, tick)
    : Buffer.from(JSON.stringify(await describePicture(task.picture, tick)))
}
