import type { SourcePicture } from '../provider.ts'
import type { Tick } from './bitmap.ts'
import { readPicture } from './reading/index.ts'
import { type RestyleRequest, restyle } from './restyle.ts'

/** What a worker thread can be given. */
export type Task = ({ kind: 'restyle' } & RestyleRequest) | { kind: 'reading'; source: SourcePicture }

/** Runs a task on the calling thread: a PNG, or a reading as JSON. */
export async function runTask(task: Task, tick: Tick): Promise<Uint8Array> {
  return task.kind === 'restyle'
    ? restyle(task, tick)
    : Buffer.from(JSON.stringify(await readPicture(task.source, tick)))
}
