import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type ProblemCode, ProblemError } from '../../contract/problems.ts'
import type { CallControl } from '../provider.ts'
import type { Task } from './task.ts'

export interface ToWorker {
  task: Task
  /** Shared with the pool: anything but 0 means stop. */
  stop: Int32Array<SharedArrayBuffer>
}

export type FromWorker =
  | { kind: 'progress'; fraction: number }
  | { kind: 'done'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'failed'; code: ProblemCode; detail: string }

export interface Pool {
  run(task: Task, control: Pick<CallControl, 'signal' | 'onProgress'>): Promise<Buffer>
  close(): Promise<void>
}

export interface PoolOptions {
  /** 0: one less than the machine has, at least one. */
  threads: number
  workerUrl: URL
}

interface Job {
  task: Task
  stop: Int32Array<SharedArrayBuffer>
  onProgress(fraction: number): void
  /** Ends the promise of the caller; further calls change nothing. */
  end(outcome: Buffer | Error): void
}

interface Slot {
  worker: Worker
  job: Job | undefined
}

/**
 * Worker threads that take one job each; the others wait in line. Threads start with the first jobs and stay.
 * One that dies fails only its own job, and the next job gets a new one.
 */
export function createPool({ threads, workerUrl }: PoolOptions): Pool {
  const most = threads || Math.max(1, availableParallelism() - 1)
  const slots = new Set<Slot>()
  const waiting: Job[] = []
  let closed = false

  const start = (): Slot => {
    const worker = new Worker(workerUrl)
    const slot: Slot = { worker, job: undefined }
    // An idle pool does not keep the process alive.
    worker.unref()
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'progress') return slot.job?.onProgress(message.fraction)
      const job = slot.job
      slot.job = undefined
      worker.unref()
      if (message.kind === 'done') job?.end(Buffer.from(message.bytes.buffer))
      else job?.end(problem(message.code, message.detail))
      next()
    })
    const lost = (cause: unknown) => {
      if (!slots.delete(slot)) return
      // No answer of the model, but a call that broke: it may be tried again.
      slot.job?.end(new Error('A worker thread was lost.', { cause }))
      next()
    }
    worker.on('error', lost)
    worker.on('exit', code => lost(`The worker thread ended with code ${code}.`))
    slots.add(slot)
    return slot
  }

  const next = () => {
    while (!closed && waiting.length > 0) {
      const idle = slots.values().find(slot => !slot.job) ?? (slots.size < most ? start() : undefined)
      if (!idle) return
      const job = waiting.shift()!
      idle.job = job
      idle.worker.ref()
      idle.worker.postMessage({ task: job.task, stop: job.stop } satisfies ToWorker)
    }
  }

  return {
    run: (task, { signal, onProgress }) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new ProblemError('interrupted'))
        if (signal.aborted) return reject(new ProblemError('cancelled'))
        let ended = false
        const cancel = () => {
          Atomics.store(job.stop, 0, 1)
          const at = waiting.indexOf(job)
          if (at >= 0) waiting.splice(at, 1)
          job.end(new ProblemError('cancelled'))
        }
        const job: Job = {
          task,
          stop: new Int32Array(new SharedArrayBuffer(4)),
          onProgress: fraction => {
            if (!ended) onProgress(fraction)
          },
          end: outcome => {
            if (ended) return
            ended = true
            signal.removeEventListener('abort', cancel)
            if (outcome instanceof Error) reject(outcome)
            else resolve(outcome)
          },
        }
        signal.addEventListener('abort', cancel)
        waiting.push(job)
        next()
      }),

    close: async () => {
      closed = true
      const open = [...waiting.splice(0), ...[...slots].flatMap(slot => slot.job ?? [])]
      for (const job of open) {
        Atomics.store(job.stop, 0, 1)
        job.end(new ProblemError('interrupted'))
      }
      const ending = [...slots]
      slots.clear()
      await Promise.all(ending.map(({ worker }) => worker.terminate()))
    },
  }
}

const problem = (code: ProblemCode, cause: unknown) => Object.assign(new ProblemError(code), { cause })
