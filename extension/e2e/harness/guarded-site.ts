/** A page on `localhost` whose pictures lie on `127.0.0.1`, each guarded in its own way; both write down who asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'

interface Asked {
  path: string
  cookie: string | undefined
  referer: string | undefined
}

export interface GuardedSite {
  url: string
  /** A page with one picture that only pages may load, in a frame of loud colours, and another one inside an iframe. */
  framedUrl: string
  /** Origin of the pictures, with a slash at its end. Visiting it leaves a cookie. */
  crossUrl: string
  /** Every request for a picture so far, in order. */
  asked: Asked[]
  close(): Promise<void>
}

/** Words that must never leave the computer, written into the photograph's metadata. */
export const secretWords = 'Taken at home by Ada'

const paint = (background: string, width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background } })

const photograph = () =>
  paint('#446688', 900, 600)
    .withExif({
      IFD0: { Copyright: secretWords, ImageDescription: secretWords },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 0/1' },
    })
    .jpeg()
    .toBuffer()

interface Answer {
  status?: number
  type: string
  body: Buffer | string
}

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

const listen = (handler: Handler) =>
  new Promise<{ port: number; close(): Promise<void> }>(resolve => {
    const server = createServer(handler)
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise(done => {
            server.close(() => done())
            server.closeAllConnections()
          }),
      }),
    )
  })

const gatePage = '<!doctype html><title>Sign in</title><p>Please sign in.</p>'

/** Colours that stand around the framed picture and nowhere in it: magenta next to it, green beyond. */
const framedPage = (image: string) => `
  <style>body { margin: 0; background: #0f0; height: 3000px }</style>
  <p style="color: #f0f; font-size: 40px">Private words</p>
  <div style="display: inline-block; margin: 13px; padding: 30px; background: #f0f; line-height: 0">${image}</div>
  <iframe src="/inner" width="300" height="240"></iframe>`

export async function startGuardedSite(): Promise<GuardedSite> {
  const asked: Asked[] = []
  const pictures = {
    plain: await paint('#aa5533', 640, 480).png().toBuffer(),
    photograph: await photograph(),
    small: await paint('#222222', 12, 200).png().toBuffer(),
  }

  const refusal = { status: 403, type: 'text/plain', body: 'no' }
  const plain = { type: 'image/png', body: pictures.plain }
  let isGone = false
  const handlers: Record<string, (referer: string | undefined) => Answer> = {
    '/open.png': () => plain,
    '/photograph.jpg': () => ({ type: 'image/jpeg', body: pictures.photograph }),
    '/referer.png': referer => (referer ? plain : refusal),
    '/second.png': referer => (referer ? plain : refusal),
    // Shown once to the page, then taken down.
    '/gone.png': () => {
      if (isGone) return { status: 404, type: 'text/plain', body: 'gone' }
      isGone = true
      return plain
    },
    // Shown to the page that brings its Referer; everyone else gets a page to sign in, with status 200.
    '/gate.png': referer => (referer ? plain : { type: 'text/html', body: gatePage }),
    '/small.png': () => ({ type: 'image/png', body: pictures.small }),
  }

  const cross = await listen((request, response) => {
    const path = request.url ?? ''
    const { cookie, referer } = request.headers
    asked.push({ path, cookie, referer })
    const answer = handlers[path]?.(referer)
    if (!answer) return response.writeHead(404).end()
    const { status = 200, type, body } = answer
    response
      .writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'set-cookie': 'visitor=ada' })
      .end(body)
  })

  const image = (path: string) =>
    `<img src="http://127.0.0.1:${cross.port}${path}" alt="${path.slice(1)}" width="240" height="180">`
  const pages: Record<string, string> = {
    '/': Object.keys(handlers)
      .filter(path => path !== '/second.png')
      .map(image)
      .join('\n'),
    '/framed': framedPage(image('/referer.png')),
    '/inner': image('/second.png'),
  }
  const main = await listen((request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><title>Guarded</title>${pages[request.url ?? ''] ?? ''}`),
  )
  return {
    url: `http://localhost:${main.port}/`,
    framedUrl: `http://localhost:${main.port}/framed`,
    crossUrl: `http://127.0.0.1:${cross.port}/`,
    asked,
    close: async () => void (await Promise.all([main.close(), cross.close()])),
  }
}
