import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type Picture, RestyleError, type RestyleOrder } from './order.ts'

/** What a worker thread can be given; it answers a PNG, or a description as JSON. */
export type Task = { kind: 'restyle'; order: RestyleOrder } | { kind: 'describe'; picture: Picture }

export interface ToWorker {
  task: Task
  /** Shared with the pool: anything but 0 means stop. */
  stop: Int32Array<SharedArrayBuffer>
}

export type FromWorker =
  | { kind: 'progress'; fraction: number }
  | { kind: 'done'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'failed'; code: RestyleError['code']; detail: string }

export interface Control {
  signal: AbortSignal
  /** 0 to 1. */
  onProgress(fraction: number): void
}

export interface Pool {
  /** Throws RestyleError, or an Error when its thread was lost: then it may be tried again. */
  run(task: Task, control: Control): Promise<Buffer>
  close(): Promise<void>
}

/**
 * Worker threads that take one job each; the others wait in line. Threads start with the first jobs and stay.
 * One that dies fails only its own job, and the next job gets a new one. `threads` 0: one less than the machine has.
 */
export function createPool({ threads, workerUrl }: { threads: number; workerUrl: URL }): Pool {
  const most = threads || Math.max(1, availableParallelism() - 1)
  const started = new Set<Thread>()
  const waiting: Job[] = []
  let isClosed = false

  function start(): Thread {
    const thread = startThread(workerUrl, { onIdle: next, onLost: () => started.delete(thread) })
    started.add(thread)
    return thread
  }

  function next(): void {
    while (!isClosed && waiting.length > 0) {
      const idle = started.values().find(thread => !thread.job()) ?? (started.size < most ? start() : undefined)
      if (!idle) return
      idle.take(waiting.shift()!)
    }
  }

  function leaveLine(job: Job): void {
    const at = waiting.indexOf(job)
    if (at >= 0) waiting.splice(at, 1)
  }

  return {
    async run(task, control) {
      if (isClosed) throw new RestyleError('interrupted')
      if (control.signal.aborted) throw new RestyleError('cancelled')
      const job = createJob(task, control)
      const cancel = () => {
        leaveLine(job)
        job.stop('cancelled')
      }
      control.signal.addEventListener('abort', cancel)
      waiting.push(job)
      next()
      return job.result.finally(() => control.signal.removeEventListener('abort', cancel))
    },

    async close() {
      isClosed = true
      const threads = [...started]
      started.clear()
      for (const job of [...waiting.splice(0), ...threads.flatMap(thread => thread.job() ?? [])])
        job.stop('interrupted')
      await Promise.all(threads.map(thread => thread.terminate()))
    },
  }
}

type Job = ReturnType<typeof createJob>

/** One task on its way; what is told after its end changes nothing. */
function createJob(task: Task, { onProgress }: Control) {
  const { promise: result, resolve, reject } = Promise.withResolvers<Buffer>()
  const message: ToWorker = { task, stop: new Int32Array(new SharedArrayBuffer(4)) }
  let hasEnded = false
  const end = (outcome: Buffer | Error) => {
    hasEnded = true
    if (outcome instanceof Error) reject(outcome)
    else resolve(outcome)
  }
  return {
    message,
    result,
    end,
    progress(fraction: number) {
      if (!hasEnded) onProgress(fraction)
    },
    stop(code: RestyleError['code']) {
      Atomics.store(message.stop, 0, 1)
      end(new RestyleError(code))
    },
  }
}

interface Thread {
  /** What it is working on. */
  job(): Job | undefined
  take(job: Job): void
  terminate(): Promise<unknown>
}

/** An idle thread does not keep the process alive. `onIdle` comes after every job, after one that took the thread with it too. */
function startThread(workerUrl: URL, { onIdle, onLost }: { onIdle(): void; onLost(): void }): Thread {
  const worker = new Worker(workerUrl)
  let job: Job | undefined
  let isLost = false
  worker.unref()

  const finish = (outcome: Buffer | Error) => {
    const finished = job
    job = undefined
    finished?.end(outcome)
    onIdle()
  }
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'progress') return job?.progress(message.fraction)
    worker.unref()
    if (message.kind === 'done') finish(Buffer.from(message.bytes.buffer))
    else finish(new RestyleError(message.code, { cause: message.detail }))
  })
  const lost = (cause: unknown) => {
    if (isLost) return
    isLost = true
    onLost()
    finish(new Error('A worker thread was lost.', { cause }))
  }
  worker.on('error', lost)
  worker.on('exit', code => lost(`The worker thread ended with code ${code}.`))

  return {
    job: () => job,
    take(next) {
      job = next
      worker.ref()
      worker.postMessage(next.message)
    },
    terminate: () => worker.terminate(),
  }
}
