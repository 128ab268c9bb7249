import sharp from 'sharp'
import { expect, test } from 'vitest'
import { glb } from '../../test/fakes/files.ts'
import { readModel } from './result-model.ts'

const preview = () =>
  sharp({ create: { width: 800, height: 600, channels: 3, background: '#a03010' } })
    .png()
    .toBuffer()
/** A model that is as long as it says, and too long. */
function large(model: Buffer): Buffer {
  const bytes = Buffer.concat([model, Buffer.alloc(32 * 1024 * 1024)])
  bytes.writeUInt32LE(bytes.length, 8)
  return bytes
}
const colourOf = async (picture: Buffer) => (await sharp(picture).stats()).dominant.r

test('a model is shown by the picture its provider made of it', async () => {
  const model = await readModel(glb(), await preview())
  expect(model).toMatchObject({ mime: 'model/gltf-binary', width: 800, height: 600 })
  expect(await colourOf(model.thumbnail)).toBeGreaterThan(140)
})

test.each([
  ['none', async () => undefined],
  ['a broken one', async () => Buffer.from('<html>')],
  ['a cut one', async () => (await preview()).subarray(0, 200)],
])('with %s it is shown by a drawing, and still kept', async (_what, given) => {
  const model = await readModel(glb(), await given())
  expect(model).toMatchObject({ mime: 'model/gltf-binary', width: 384, height: 384 })
  expect((await sharp(model.thumbnail).metadata()).format).toBe('webp')
})

test.each([
  ['a picture', preview],
  ['a cut model', async () => glb().subarray(0, -1)],
  ['more than is kept', async () => large(glb())],
  ['nothing', async () => Buffer.alloc(0)],
])('%s is no model', async (_what, bytes) => {
  await expect(readModel(await bytes(), undefined)).rejects.toMatchObject({ code: 'provider_failed' })
})
