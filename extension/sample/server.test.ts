import { readdir, stat } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSampleSite } from './server.ts'

let site: Awaited<ReturnType<typeof startSampleSite>>

beforeAll(async () => {
  site = await startSampleSite()
})
afterAll(() => site.close())

const get = async (path: string) => {
  const answer = await fetch(new URL(path, site.url))
  return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) }
}

test('the page holds a picture of every kind and names its neighbour', async () => {
  const page = await get('/')
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const html = page.body.toString()
  const ids = ['hero', 'textile', 'fruit', 'city', 'bust', 'leaves', 'drawing', 'animated', 'covered', 'cross', 'lazy']
  for (const id of [...ids, 'thumb', 'tiny', 'hidden']) expect(html).toContain(`<img id="${id}"`)
  expect(html).toContain(`src="${site.crossUrl}night.jpg"`)
})

test.each([
  ['page.css', 'text/css; charset=utf-8'],
  ['frame.html', 'text/html; charset=utf-8'],
])('%s is served as %s', async (path, type) => {
  const { status, headers } = await get(path)
  expect([status, headers.get('content-type')]).toEqual([200, type])
})

test('every picture the page names is there, with its own type and in the proportions the page says', async () => {
  const html = (await get('/')).body.toString() + (await get('frame.html')).body.toString()
  const named = [...html.matchAll(/ src="(pictures\/[^"]+)"[^>]* width="(\d+)" height="(\d+)"/g)]
  expect(named.length).toBe(15)
  for (const [, path, width, height] of named) {
    const { status, headers, body } = await get(path!)
    expect(status, path).toBe(200)
    const found = await sharp(body).metadata()
    const format = found.format === 'heif' ? 'avif' : found.format === 'svg' ? 'svg+xml' : found.format
    expect(headers.get('content-type'), path).toBe(`image/${format}`)
    const ratio = Number(width) / Number(height)
    expect(found.autoOrient.width / (found.pageHeight ?? found.autoOrient.height), path).toBeCloseTo(ratio, 2)
  }
})

test('a thumbnail offers itself in larger sizes', async () => {
  for (const width of [320, 640, 960]) {
    expect((await sharp((await get(`pictures/dawn-${width}.jpg`)).body).metadata()).width).toBe(width)
  }
})

test('the picture of the lake lies on its side and carries a place, so that cleaning has something to do', async () => {
  const { width, height, orientation, autoOrient, exif } = await sharp((await get('pictures/lake.jpg')).body).metadata()
  expect([width, height, orientation]).toEqual([1067, 1600, 6])
  expect(autoOrient).toEqual({ width: 1600, height: 1067 })
  // Tag 0x8825 points at the part of the note that holds the place.
  expect(exif?.includes(Buffer.from([0x25, 0x88]))).toBe(true)
})

test('kinds that need care: an alpha channel, an animation', async () => {
  expect((await sharp((await get('pictures/city.png')).body).metadata()).hasAlpha).toBe(true)
  expect((await sharp((await get('pictures/tide.gif')).body).metadata()).pages).toBe(16)
})

test('the pictures weigh little, because every clone of this repository carries them', async () => {
  const folder = join(import.meta.dirname, 'pictures')
  const sizes = await Promise.all((await readdir(folder)).map(async name => (await stat(join(folder, name))).size))
  expect(sizes.length).toBe(18)
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(700_000)
})

test('the second origin serves one picture, without leave for other origins', async () => {
  const answer = await fetch(`${site.crossUrl}night.jpg`, { headers: { Origin: new URL(site.url).origin } })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  expect([...answer.headers.keys()].filter(name => name.startsWith('access-control'))).toEqual([])
  await answer.arrayBuffer()
  expect((await fetch(site.crossUrl)).status).toBe(404)
})

/** Sends a path as it is; fetch would tidy it up first. */
function statusOf(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(site.url).port), '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    })
    socket.once('error', reject)
    socket.once('data', data => {
      resolve(data.toString().split(' ')[1] ?? '')
      socket.destroy()
    })
  })
}

test('nothing else is served, whatever the path says', async () => {
  for (const path of [
    '/server.ts',
    '/pictures/../server.ts',
    '/pictures/..%2fserver.ts',
    '//etc/passwd',
    '/pictures/',
  ]) {
    expect(await statusOf(path), path).toBe('404')
  }
  const answer = await fetch(site.url, { method: 'POST' })
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET'])
})

test('closing ends connections that are kept alive', async () => {
  const second = await startSampleSite()
  await (await fetch(second.url)).text()
  await second.close()
  await expect(fetch(second.url)).rejects.toThrow()
})
