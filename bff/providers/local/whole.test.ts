import { expect, onTestFinished, test } from 'vitest'
import { loadRegistry } from '../../models/registry.ts'
import { paintedPicture } from '../../restyle/test/pictures.ts'
import { aSpec, form, testApp } from '../../test/app.ts'
import { descriptors } from '../index.ts'
import { local } from './index.ts'

test('a person without credits has a picture measured: it costs nothing, and says nothing it cannot know', async () => {
  const provider = local.create({ threads: 1 })
  const app = await testApp({ registry: loadRegistry(descriptors), others: { local: provider } })
  onTestFinished(async () => {
    await app.close()
    await provider.close()
  })
  const person = await app.addPerson({ credits: 0 })
  const spec = aSpec({ model: 'local-reading', prompt: '', options: { aspect: 'source', size: 'text' }, price: 0 })
  const { bytes } = await paintedPicture()
  const answer = await app.post(person, form(spec, [bytes]))
  expect(answer.statusCode).toBe(202)
  await app.generations.idle()
  const { state, charged, reading } = await app.generation(person, answer.json<{ id: string }>().id)
  expect({ state, charged }).toEqual({ state: 'done', charged: 0 })
  expect(reading?.en).toMatchObject({ subject: '', setting: '', colour: expect.stringMatching(/\w/) })
  expect(reading?.ja).toMatchObject({ subject: '', setting: '', light: expect.stringMatching(/\p{sc=Han}/u) })
})
