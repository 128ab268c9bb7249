/** One of several threads that share the pictures between them: each takes the next one that nobody has begun. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { workerData } from 'node:worker_threads'
import { painters } from './index.ts'

const { folder, next } = workerData as { folder: string; next: SharedArrayBuffer }
const counter = new Int32Array(next)

for (let i = Atomics.add(counter, 0, 1); i < painters.length; i = Atomics.add(counter, 0, 1)) {
  for (const [name, bytes] of Object.entries(await painters[i]!())) await writeFile(join(folder, name), bytes)
}
