/** Paints the pictures of the sample page once and keeps them in the build folder. */
import { createHash } from 'node:crypto'
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

const paintFolder = join(import.meta.dirname, 'paint')
const keptIn = join(import.meta.dirname, '../../.output/sample')

/** The folder that holds all pictures of the page; paints them when there is none for the present code. */
export async function paintedPictures(): Promise<string> {
  const folder = join(keptIn, await codeVersion())
  if (await exists(folder)) return folder
  await mkdir(keptIn, { recursive: true })
  const unfinished = await mkdtemp(`${folder}.`)
  try {
    await paintAll(unfinished)
    // One rename publishes all of them: no process ever sees a half-painted folder.
    await rename(unfinished, folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    // Another process may have finished first; its pictures are the same.
    if (!(await exists(folder))) throw error
  }
  return folder
}

/** Changes whenever the code that paints changes. */
async function codeVersion(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of (await readdir(paintFolder)).sort()) hash.update(await readFile(join(paintFolder, name)))
  return hash.digest('hex').slice(0, 12)
}

async function paintAll(folder: string): Promise<void> {
  const next = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const threads = Math.min(availableParallelism(), 4)
  await Promise.all(Array.from({ length: threads }, () => paintUntilDone(folder, next)))
}

function paintUntilDone(folder: string, next: SharedArrayBuffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./paint/worker.ts', import.meta.url), { workerData: { folder, next } })
    worker.once('error', reject)
    worker.once('exit', () => resolve())
  })
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
