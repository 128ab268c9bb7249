/** Pages on `localhost` made for the picker, with a second origin on `127.0.0.1`; both write down what was asked of them. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'

export interface PickingSite {
  /** Without a slash at the end. */
  url: string
  crossUrl: string
  /** Shows this body at `url + path`. */
  page(path: string, body: string): Promise<string>
  /** Address of a picture of this size; each name has a colour of its own. */
  picture(name: string, width?: number, height?: number): string
  /** The bytes behind such an address. */
  bytes(address: string): Promise<Buffer>
  /** Paths asked so far on both origins, oldest first. */
  asked: string[]
  close(): Promise<void>
}

export async function startPickingSite(): Promise<PickingSite> {
  const pages = new Map<string, string>()
  const asked: string[] = []

  const answer =
    (isCross: boolean): RequestListener =>
    async (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost')
      if (pathname === '/favicon.ico') return response.writeHead(204).end()
      asked.push(pathname)
      const page = pages.get(pathname)
      if (page !== undefined) return response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page)
      const painted = await paint(pathname)
      if (!painted) return response.writeHead(404).end()
      const isShared = isCross && pathname.includes('shared')
      return response
        .writeHead(200, { 'Content-Type': 'image/png', ...(isShared && { 'Access-Control-Allow-Origin': '*' }) })
        .end(painted)
    }

  const [main, cross] = await Promise.all([listen(answer(false)), listen(answer(true))])
  const url = `http://localhost:${portOf(main)}`
  return {
    url,
    crossUrl: `http://127.0.0.1:${portOf(cross)}`,
    asked,
    async page(path, body) {
      pages.set(path, `<!doctype html><meta charset="utf-8"><title>Page</title><body>${body}</body>`)
      return url + path
    },
    picture: (name, width = 200, height = 150) => `/pictures/${name}-${width}x${height}.png`,
    bytes: async address => (await paint(new URL(address, url).pathname)) ?? Buffer.alloc(0),
    close: async () => void (await Promise.all([main, cross].map(stop))),
  }
}

async function paint(path: string): Promise<Buffer | null> {
  const [, name, width, height] = /^\/pictures\/([a-z-]+)-(\d+)x(\d+)\.png$/.exec(path) ?? []
  if (!name) return null
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7)
  const background = `hsl(${hue}, 60%, 45%)`
  return sharp({ create: { width: Number(width), height: Number(height), channels: 3, background } })
    .png()
    .toBuffer()
}

const portOf = (server: Server) => (server.address() as AddressInfo).port

const listen = (listener: RequestListener) =>
  new Promise<Server>(resolve => {
    const server = createServer(listener)
    server.listen(0, '127.0.0.1', () => resolve(server))
  })

const stop = (server: Server) =>
  new Promise<void>(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
