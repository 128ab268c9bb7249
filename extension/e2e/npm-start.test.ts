import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { freePort } from '../../scripts/ports.ts'
import { root } from '../../scripts/processes.ts'

/** Somebody else's servers: they hold all usual ports, whatever else this machine does. */
const strangers: Server[] = []

beforeAll(async () => {
  for (const port of [8787, 8788, 8789]) strangers.push(await hold(port))
})
afterAll(() => {
  for (const server of strangers) server.close()
})

/** Listens there, unless somebody does already. */
async function hold(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1')
  await Promise.race([once(server, 'listening'), once(server, 'error')]).catch(() => {})
  return server
}

/** `npm start` on data of its own, without a display. */
function start(env: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'mimicit-start-'))
  const { NODE_ENV, PORT, ORIGIN, DISPLAY, WAYLAND_DISPLAY, ...rest } = process.env
  const child = spawn(process.execPath, [join(root, 'scripts/start.ts')], {
    cwd: root,
    env: { ...rest, DATA_DIR: folder, MIMICIT_OUT_DIR: join(folder, 'output'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  let said = ''
  const toldAll = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk
      if (said.includes('Ctrl+C stops everything.')) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void ended.then(() => reject(new Error(said)))
  })
  toldAll.catch(() => {})
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  onTestFinished(async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const named = (what: string) => new RegExp(`${what} +(\\S+)`).exec(said)?.[1] ?? ''
  return { toldAll, ended, stop, named, said: () => said, code: () => child.exitCode }
}

const statusOf = async (url: string) => (await fetch(url)).status

describe('npm start', () => {
  test('twice at once, where every usual port is taken: both find free ones, say so, and are whole', async () => {
    const both = [start(), start()]
    await Promise.all(both.map(one => one.toldAll))
    const origins = both.map(one => one.named('Backend'))
    const pages = both.map(one => one.named('Sample page'))
    expect(new Set([...origins, ...pages]).size).toBe(4)
    for (const [i, one] of both.entries()) {
      const [origin = '', page = ''] = [origins[i], pages[i]]
      const port = new URL(origin).port
      expect(one.said()).toContain(`Port 8787 is taken: the backend listens on ${port} instead. PORT sets another one.`)
      expect(one.said()).toContain(`The sample page uses port ${new URL(page).port}. SAMPLE_PORT sets another.`)
      expect(await statusOf(`${origin}/health`)).toBe(200)

      // The extension talks to this backend and to no other.
      const built = JSON.parse(readFileSync(join(one.named('Extension'), 'manifest.json'), 'utf8'))
      expect(built.host_permissions).toEqual([`${origin}/*`])
      expect(built.externally_connectable.matches).toEqual([`${origin}/*`])

      // Signing in leads to a page of this backend.
      const signIn = await fetch(`${origin}/sign-in`)
      expect([signIn.status, new URL(signIn.url).origin]).toEqual([200, origin])

      const html = await (await fetch(page)).text()
      const picture = /http:\/\/127\.0\.0\.1:\d+\/night\.jpg/.exec(html)?.[0] ?? ''
      expect(await statusOf(picture)).toBe(200)
      await one.stop()
      expect(one.code()).toBe(0)
      await expect(fetch(`${origin}/health`)).rejects.toThrow()
    }
  })

  test('ports that are set are used; a second start on the same data ends with a sentence and spoils nothing', async () => {
    const [port, page, cross] = await Promise.all([freePort(), freePort(), freePort()])
    const first = start({ PORT: `${port}`, SAMPLE_PORT: `${page}`, SAMPLE_CROSS_PORT: `${cross}` })
    await first.toldAll
    expect(first.named('Backend')).toBe(`http://localhost:${port}`)
    expect(first.named('Sample page')).toBe(`http://localhost:${page}/`)
    expect(await statusOf(`http://127.0.0.1:${cross}/night.jpg`)).toBe(200)

    const folder = join(first.named('Extension'), '../..')
    const second = start({ DATA_DIR: folder, MIMICIT_OUT_DIR: join(folder, 'output') })
    await second.ended
    expect([second.code(), second.said()]).toEqual([
      1,
      expect.stringContaining('Only one backend may run on a database'),
    ])
    expect(await statusOf(`http://localhost:${port}/health`)).toBe(200)
    const built = JSON.parse(readFileSync(join(first.named('Extension'), 'manifest.json'), 'utf8'))
    expect(built.host_permissions).toEqual([`http://localhost:${port}/*`])
  })

  test.each(['PORT', 'SAMPLE_PORT', 'SAMPLE_CROSS_PORT'])(
    '%s that is taken, or no port at all, stops it with a sentence',
    async name => {
      const [taken, wrong] = [start({ [name]: '8788' }), start({ [name]: 'eighty' })]
      await Promise.all([taken.ended, wrong.ended])
      expect([taken.code(), taken.said()]).toEqual([
        1,
        expect.stringContaining(`Port 8788 is in use. Stop what listens there, or set ${name} to another one.`),
      ])
      expect([wrong.code(), wrong.said()]).toEqual([1, expect.stringContaining(`${name} must be a whole number`)])
    },
  )
})
