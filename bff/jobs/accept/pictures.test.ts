import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { Generation } from '../../contract/generations.ts'
import { ProblemError } from '../../contract/problems.ts'
import { aPicture, aSpec, form, testApp } from '../../test/app.ts'
import { expectNothing } from '../../test/expect-nothing.ts'
import { checkPictures } from './pictures.ts'

const problemOf = (files: Buffer[]) =>
  checkPictures(files, { maxSide: 64 }).then(
    () => null,
    error => (error instanceof ProblemError ? { code: error.code, params: error.params } : error),
  )

/** Pages of one picture each, linked as TIFF links them: every directory names the place of the next. */
async function tiffOfPages(pages: number): Promise<Buffer> {
  const page = await sharp({ create: { width: 32, height: 32, channels: 3, background: 'teal' } })
    .tiff({ compression: 'none' })
    .toBuffer()
  let file: Buffer = page
  for (let added = 1; added < pages; added++) file = append(file, page)
  return file
}

/** A second file at the end of the first, its offsets moved along, its directory linked from the first one's end. */
function append(first: Buffer, second: Buffer): Buffer {
  const base = first.length + (first.length % 2)
  const joined = Buffer.concat([first, Buffer.alloc(base - first.length), second])
  const nextOf = (directory: number) => directory + 2 + 12 * joined.readUInt16LE(directory)
  let last = joined.readUInt32LE(4)
  for (let next = joined.readUInt32LE(nextOf(last)); next !== 0; next = joined.readUInt32LE(nextOf(last))) last = next
  const directory = base + joined.readUInt32LE(base + 4)
  joined.writeUInt32LE(directory, nextOf(last))
  const bytesOf = [0, 1, 1, 2, 4, 8]
  for (let entry = directory + 2; entry < nextOf(directory); entry += 12) {
    const tag = joined.readUInt16LE(entry)
    const length = (bytesOf[joined.readUInt16LE(entry + 2)] ?? 8) * joined.readUInt32LE(entry + 4)
    const isPlace = length > 4 || tag === 273
    if (isPlace) joined.writeUInt32LE(joined.readUInt32LE(entry + 8) + base, entry + 8)
  }
  return joined
}

test('of several pictures the one that is refused is named by its place', async () => {
  const good = await aPicture()
  const bad = Buffer.from('<svg/>')
  expect(await problemOf([bad, good])).toEqual({ code: 'picture_not_accepted', params: { index: 0 } })
  expect(await problemOf([good, good, good.subarray(0, 60)])).toEqual({ code: 'picture_damaged', params: { index: 2 } })
  expect(await checkPictures([good, good], { maxSide: 16 })).toHaveLength(2)
  expect(await checkPictures([], { maxSide: 16 })).toEqual([])
})

test('a TIFF of several pages is refused by its first bytes', async () => {
  const tiff = await tiffOfPages(3)
  expect((await sharp(tiff).metadata()).pages).toBe(3)
  expect(await problemOf([tiff])).toEqual({ code: 'picture_not_accepted', params: { index: 0 } })
})

test('over HTTP the answer names the picture too, and nothing is left', async () => {
  const app = await testApp()
  const person = await app.addPerson()
  const good = await aPicture()
  const send = (...files: Buffer[]) =>
    app.post(person, form(aSpec({ sources: files.map(() => ({ role: 'style', weight: 50 })) }), files))
  for (const [file, code, status] of [
    [await tiffOfPages(2), 'picture_not_accepted', 415],
    [good.subarray(0, 60), 'picture_damaged', 422],
    [Buffer.concat([good, Buffer.alloc(11 * 1024 * 1024)]), 'picture_too_large', 413],
  ] as const) {
    const answer = await send(good, file)
    expect(answer.json()).toMatchObject({ code, status, params: { index: 1 } })
    await expectNothing(app)
  }
  await app.close()
})

test.each([
  ['a JPEG called PNG', 'jpeg', 'image/png', 'x.png', 'image/jpeg'],
  ['a PNG called HTML', 'png', 'text/html', 'x.html', 'image/png'],
  ['a WebP called something unheard of', 'webp', 'application/x-unheard', 'x', 'image/jpeg'],
] as const)('[C42] %s is what its bytes are', async (_, format, type, filename, mime) => {
  const app = await testApp()
  const person = await app.addPerson()
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .toFormat(format)
    .toBuffer()
  const answer = await app.post(person, [
    { name: 'spec', value: JSON.stringify(aSpec()) },
    { name: 'source', filename, type, bytes },
  ])
  expect(answer.statusCode).toBe(202)
  expect(answer.json<Generation>().state).toBe('queued')
  const [source] = (await app.provider.called(0)).request.sources
  expect([source?.mime, source && (await sharp(source.bytes).metadata()).format]).toEqual([mime, mime.slice(6)])
  await app.close()
})

test('what is called a picture and is none is refused by its bytes', async () => {
  const app = await testApp()
  const person = await app.addPerson()
  const answer = await app.post(person, [
    { name: 'spec', value: JSON.stringify(aSpec()) },
    { name: 'source', filename: `${randomUUID()}.png`, type: 'image/png', bytes: Buffer.from('GIF89a, or so') },
  ])
  expect(answer.json()).toMatchObject({ status: 415, code: 'picture_not_accepted', params: { index: 0 } })
  await expectNothing(app)
  await app.close()
})
