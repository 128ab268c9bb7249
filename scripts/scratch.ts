import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestProject } from 'vitest/node'

/** Where memory can be used as a disk. */
const memory = '/dev/shm'
const gibibyte = 1024 ** 3
const prefix = 'mimicit-tests-'

/**
 * Where one run of the unit tests puts its temporary files: in memory if there is room. None of these tests proves that
 * something survives a power cut, and waiting for a disk took them more time than everything else.
 */
export const scratchFolder = () => join(hasRoom(memory) ? memory : tmpdir(), `${prefix}${process.pid}`)

function hasRoom(dir: string): boolean {
  if (!existsSync(dir)) return false
  const { bavail, bsize } = statfsSync(dir)
  return bavail * bsize > gibibyte
}

/** Vitest calls it before the first test and what it answers after the last: what tests have left behind goes too. */
export default function setup({ config }: TestProject): () => void {
  const dir = config.env.TMPDIR!
  removeAbandoned(dirname(dir))
  mkdirSync(dir, { recursive: true })
  return () => rmSync(dir, { recursive: true, force: true })
}

/** What runs left behind that were killed. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent).filter(name => name.startsWith(prefix)))
    if (!isAlive(Number(name.slice(prefix.length)))) rmSync(join(parent, name), { recursive: true, force: true })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
