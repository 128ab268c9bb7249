/** A page of frames with one picture more each than a frame may tell, all in sight because they lie on each other. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pagePictureLimits } from '../../picking/protocol.ts'

/** "Picture 1.7" is the seventh of the second frame. */
const pictureIn = (frame: number) => (_: unknown, index: number) => {
  const colour = `rgb(${frame * 90},${index},120)`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="${colour}"/></svg>`
  return `<img src="data:image/svg+xml,${encodeURIComponent(svg)}" alt="Picture ${frame}.${index}">`
}

const framePage = (frame: number) =>
  `<!doctype html><style>img { position: absolute; inset: 0 }</style>${Array.from({ length: pagePictureLimits.count + 1 }, pictureIn(frame)).join('')}`

export async function startCrowdedSite(frames: number) {
  const mainPage = `<!doctype html><title>Crowded</title>${Array.from({ length: frames }, (_, frame) => `<iframe src="/${frame}" width="100" height="100"></iframe>`).join('')}`
  const server = createServer((request, response) => {
    const path = request.url?.slice(1) ?? ''
    response.writeHead(200, { 'content-type': 'text/html' }).end(path === '' ? mainPage : framePage(Number(path)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
