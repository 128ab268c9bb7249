/** Pages on `localhost`, a second origin on `127.0.0.1`, and pictures behind every kind of door. Both write down who asked. */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { paint } from './pictures.ts'

export interface Asked {
  /** Origin and path, without the query. */
  address: string
  headers: IncomingHttpHeaders
  /** The browser went away before the whole answer was there. */
  cut: boolean
  /** Bytes taken of an answer that has no end. */
  poured: number
}

export interface MatrixSite {
  /** The pages' origin and the other one, without a slash at the end. */
  here: string
  there: string
  /** Shows this body at `path` of both origins; `{here}` and `{there}` become the origins. */
  page(path: string, body: string, headers?: Record<string, string>): void
  /** Every request so far, oldest first, but for those the pages' own script marks as its own. */
  asked: Asked[]
  /** What comes late comes now. */
  answerLate(): void
  close(): Promise<void>
}

/** Where the cookie-protected pictures look; both origins set all three on every page. */
const cookies = ['lax=1; SameSite=Lax', 'strict=1; SameSite=Strict', 'none=1; SameSite=None; Secure']

/** What the pages' rows need to be done by script. */
const pageScript = `
  const fetchOwn = address => fetch(address, { headers: { 'x-own': '1' } })
  const before = () => document.currentScript.previousElementSibling
  const afterLoad = (image, address) => addEventListener('load', () => setTimeout(() => { image.src = address }))
  async function asBlob(image, address, { revoke = false } = {}) {
    image.src = URL.createObjectURL(await (await fetchOwn(address)).blob())
    await image.decode()
    if (revoke) URL.revokeObjectURL(image.src)
  }
  async function asData(image, address, padding = 0) {
    const bytes = new Uint8Array(await (await fetchOwn(address)).arrayBuffer())
    image.src = 'data:image/png;' + (padding ? 'x=' + '0'.repeat(padding) + ';' : '') + 'base64,' + btoa(String.fromCharCode(...bytes))
  }`

/** Sizes of broken pictures count; things that are no <img> have one too. */
const pageStyle = `
  img { display: inline-block }
  .never { display: inline-block; width: 130px; height: 90px; vertical-align: bottom }
  .before::before { content: url(/plain/before.png) }`

const paper =
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>'

type Door = (request: IncomingMessage, file: string) => Promise<Answer> | Answer

interface Answer {
  status?: number
  headers?: Record<string, string>
  body?: Buffer | string
  /** Goes on like this and never ends. */
  rest?: 'silence' | 'zeros'
  /** Comes when the test says so. */
  isLate?: boolean
}

const picture = async (file: string, headers: Record<string, string> = {}): Promise<Answer> => {
  const { type, bytes } = await paint(file)
  return { headers: { 'content-type': type, ...headers }, body: bytes }
}

const forbidden: Answer = { status: 403, body: 'no' }

const withCookie =
  (name: string): Door =>
  ({ headers }, file) =>
    headers.cookie?.includes(`${name}=1`) ? picture(file) : forbidden

const isForPage = ({ headers }: IncomingMessage) => headers['sec-fetch-dest'] === 'image'

/** By the first part of a path: how the picture named by its last part is given. */
const doors: Record<string, Door> = {
  plain: (_, file) => picture(file),
  cors: (_, file) => picture(file, { 'access-control-allow-origin': '*' }),
  corp: (_, file) => picture(file, { 'cross-origin-resource-policy': 'same-origin' }),
  referer: ({ headers }, file) => (headers.referer ? picture(file) : forbidden),
  lax: withCookie('lax'),
  strict: withCookie('strict'),
  none: withCookie('none'),
  /** Shown by an <img>, and gone for who asks again. */
  once: (request, file) => (isForPage(request) ? picture(file) : { status: 404 }),
  gone: () => ({ status: 404 }),
  empty: () => ({ headers: { 'content-type': 'image/png' } }),
  words: () => ({ headers: { 'content-type': 'image/png' }, body: '<!doctype html><title>Sign in</title>' }),
  paper: () => ({ headers: { 'content-type': 'application/pdf' }, body: paper }),
  /** Says no to an <img>, and nothing to who reads it: two at once would wait for each other in Chrome's cache. */
  never: request => (isForPage(request) ? forbidden : { rest: 'silence' }),
  /** Comes at once for an <img>, and late for who reads it. */
  slow: async (request, file) => ({ ...(await picture(file)), isLate: !isForPage(request) }),
  /** Says no to the page, and nothing to who does not say where the person is. */
  anonymous: ({ headers }) => (headers.referer ? forbidden : { rest: 'silence' }),
  /** Says nothing to the frame that reads it. */
  hushed: (request, file) => (!isForPage(request) && request.headers.referer ? { rest: 'silence' } : picture(file)),
  /** Chrome must not be kept busy by the page's own <img>: only who reads it gets all of it. */
  endless: async (request, file) => ({ ...(await picture(file)), rest: isForPage(request) ? 'silence' : 'zeros' }),
}

export async function startMatrixSite(): Promise<MatrixSite> {
  const pages = new Map<string, { body: string; headers: Record<string, string> }>()
  const asked: Asked[] = []
  const late = Promise.withResolvers<void>()
  let origins = { here: '', there: '' }
  const placed = (html: string) => html.replaceAll('{here}', origins.here).replaceAll('{there}', origins.there)

  function answer({ pathname, search }: URL, request: IncomingMessage): Promise<Answer> | Answer {
    const [, door = '', file = ''] = pathname.split('/')
    const query = decodeURIComponent(search.slice(1))
    const page = pathname === '/frame' ? { body: query, headers: {} } : pages.get(pathname)
    if (page)
      return {
        headers: { 'content-type': 'text/html; charset=utf-8', ...page.headers },
        body: `<!doctype html><meta charset="utf-8"><title>Matrix</title><style>${pageStyle}</style>${placed(page.body)}`,
      }
    if (pathname === '/page.js') return { headers: { 'content-type': 'text/javascript' }, body: pageScript }
    if (door === 'to') return { status: 302, headers: { location: placed(query) } }
    return doors[door]?.(request, file) ?? { status: 404 }
  }

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    const entry: Asked = { address: url.origin + url.pathname, headers: request.headers, cut: false, poured: 0 }
    if (!request.headers['x-own']) asked.push(entry)
    response.on('close', () => {
      entry.cut = !response.writableFinished
    })
    const { status = 200, headers = {}, body, rest, isLate } = await answer(url, request)
    if (!body && rest) return
    if (isLate) await late.promise
    response.writeHead(status, { 'cache-control': 'no-store', 'set-cookie': cookies, ...headers })
    if (!rest) response.end(body)
    else if (rest === 'silence') response.write(body)
    else pour(response, entry, body)
  }

  const [here, there] = await Promise.all([listen(serve), listen(serve)])
  origins = { here: `http://localhost:${portOf(here)}`, there: `http://127.0.0.1:${portOf(there)}` }
  return {
    ...origins,
    page: (path, body, headers = {}) => void pages.set(path, { body, headers }),
    asked,
    answerLate: late.resolve,
    close: async () => void (await Promise.all([here, there].map(stop))),
  }
}

/** Zeros for as long as someone takes them. */
function pour(response: ServerResponse, entry: Asked, start: Buffer | string | undefined): void {
  const zeros = Buffer.alloc(1024 * 1024)
  const more = () => {
    for (let goesOn = true; goesOn && !response.destroyed; entry.poured += zeros.length) goesOn = response.write(zeros)
  }
  response.on('drain', more)
  response.write(start)
  more()
}

const portOf = (server: Server) => (server.address() as AddressInfo).port

const listen = (serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>) =>
  new Promise<Server>(resolve => {
    const server = createServer((request, response) => void serve(request, response))
    server.listen(0, '127.0.0.1', () => resolve(server))
  })

const stop = (server: Server) =>
  new Promise<void>(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
