/** The sample page: a small magazine with one picture of every kind a web page can show. */
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

interface SampleSite {
  /** Address of the page, with a slash at its end. */
  url: string
  /** Address of the second origin, which sends no CORS headers, with a slash at its end. */
  crossUrl: string
  close(): Promise<void>
}

/** Where the bytes of one path come from. */
interface Served {
  type: string
  read(): Promise<Buffer | string>
}

const types: Record<string, string> = {
  '.avif': 'image/avif',
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
}

const typeOf = (name: string) => types[extname(name)] ?? 'application/octet-stream'

const file = (path: string): Served => ({ type: typeOf(path), read: () => readFile(path) })

/** Starts the page on `localhost` and the second origin on `127.0.0.1`; a port of 0 takes a free one. */
export async function startSampleSite(options: { port?: number; crossPort?: number } = {}): Promise<SampleSite> {
  const here = (name: string) => join(import.meta.dirname, name)
  const names = await readdir(here('pictures'))

  const cross = await listen(answer(new Map([['/night.jpg', file(here('pictures/night.jpg'))]])), options.crossPort)
  const crossUrl = `http://127.0.0.1:${portOf(cross)}/`

  const page: Served = {
    type: typeOf('page.html'),
    read: async () => (await readFile(here('page.html'), 'utf8')).replaceAll('{crossUrl}', crossUrl),
  }
  const paths = new Map<string, Served>([
    ['/', page],
    ['/page.css', file(here('page.css'))],
    ['/frame.html', file(here('frame.html'))],
    ...names.map((name): [string, Served] => [`/pictures/${name}`, file(here(`pictures/${name}`))]),
  ])

  const main = await listen(answer(paths), options.port).catch(async error => {
    await stop(cross)
    throw error
  })
  return {
    url: `http://localhost:${portOf(main)}/`,
    crossUrl,
    close: async () => void (await Promise.all([stop(main), stop(cross)])),
  }
}

/** Answers only paths of the table, so no request can name a file of its own. */
function answer(paths: Map<string, Served>): RequestListener {
  return async (request, response) => {
    if (request.method !== 'GET') return void response.writeHead(405, { Allow: 'GET' }).end()
    const served = paths.get((request.url ?? '').split('?', 1)[0] ?? '')
    if (!served) return void response.writeHead(404).end()
    try {
      const body = await served.read()
      response.writeHead(200, { 'Content-Type': served.type, 'Cache-Control': 'no-cache' }).end(body)
    } catch {
      response.writeHead(500).end()
    }
  }
}

const portOf = (server: Server) => (server.address() as AddressInfo).port

function listen(listener: RequestListener, port = 0): Promise<Server> {
  const server = createServer(listener)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    // Loopback only. Browsers try this address for `localhost` too.
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

function stop(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
