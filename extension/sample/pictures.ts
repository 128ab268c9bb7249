/** Paints the pictures of the sample page once and keeps them in the build folder. */
import { createHash } from 'node:crypto'
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { painters } from './paint/index.ts'

const paintFolder = join(import.meta.dirname, 'paint')
const keptIn = join(import.meta.dirname, '../../.output/sample')

/** The folder that holds all pictures of the page; paints them when there is none for the present code. */
export async function paintedPictures(): Promise<string> {
  const folder = join(keptIn, await codeVersion())
  if (await exists(folder)) return folder
  const unfinished = `${folder}.${process.pid}.tmp`
  await mkdir(unfinished, { recursive: true })
  try {
    for (const paint of painters) {
      for (const [name, bytes] of Object.entries(await paint())) await writeFile(join(unfinished, name), bytes)
    }
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

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
