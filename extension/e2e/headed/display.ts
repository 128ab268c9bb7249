import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

export interface Display {
  /** Environment for programs that shall appear here. */
  env: Record<string, string | undefined>
  /** What stands on the screen now: the pixels as XWD, X's own format. */
  screen(): Buffer
  stop(): Promise<void>
}

/** A screen of its own in memory, with a window manager, that only programs holding its cookie can reach. */
export async function startDisplay({ width = 1280, height = 960 } = {}): Promise<Display> {
  const folder = mkdtempSync(join(tmpdir(), 'mimicit-display-'))
  const cookie = join(folder, 'cookie')
  writeFileSync(cookie, authority(randomBytes(16)), { mode: 0o600 })

  const screen = ['-screen', '0', `${width}x${height}x24`, '-fbdir', folder]
  const server = spawn('Xvfb', ['-displayfd', '3', '-auth', cookie, '-nolisten', 'tcp', ...screen], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const children = [server]
  const stop = async () => {
    // The server goes last: a window manager without a display complains.
    for (const child of children.reverse()) await end(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const env = { ...process.env, DISPLAY: `:${await freeNumber(server)}`, XAUTHORITY: cookie }
    children.push(spawn('openbox', ['--sm-disable'], { env, stdio: 'ignore' }))
    return { env, screen: () => readFileSync(join(folder, 'Xvfb_screen0')), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** One Xauthority record for every address and every display number. */
function authority(secret: Buffer): Buffer {
  const counted = (bytes: Buffer) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
  const anyFamily = Buffer.from([0xff, 0xff])
  const empty = Buffer.alloc(0)
  return Buffer.concat([anyFamily, ...[empty, empty, Buffer.from('MIT-MAGIC-COOKIE-1'), secret].map(counted)])
}

/** The number the server chose; it writes it once it is ready. */
async function freeNumber(server: ChildProcess): Promise<string> {
  const numbers = server.stdio[3] as Readable
  const [answer] = await Promise.race([
    once(numbers, 'data'),
    once(server, 'exit').then(() => {
      throw new Error('Xvfb ended before it was ready.')
    }),
  ])
  return String(answer).trim()
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
