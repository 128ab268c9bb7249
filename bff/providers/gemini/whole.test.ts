import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { GenerationSpec } from '../../contract/generations.ts'
import { partNames } from '../../contract/values.ts'
import { loadRegistry } from '../../models/registry.ts'
import { aSpec, form, type TestApp, type TestPerson, testApp } from '../../test/app.ts'
import { descriptors, toolsFor } from '../index.ts'
import type { DirectProvider } from '../provider.ts'
import { gemini } from './index.ts'
import { blockedPrompt, candidate, pictureParts, startFakeGemini } from './test/fake.ts'

const key = 'a-key'
let fake: Awaited<ReturnType<typeof startFakeGemini>>
let provider: DirectProvider
let app: TestApp
let person: TestPerson

beforeEach(async () => {
  fake = await startFakeGemini({ key, models: ['gemini-nano-banana-2.1', 'gemini-3.8-flash'] })
  provider = gemini.create({ key, baseUrl: fake.baseUrl }, toolsFor(gemini, Date.now))
  app = await testApp({ registry: loadRegistry(descriptors), others: { gemini: provider } })
  person = await app.addPerson()
})
afterEach(async () => {
  await app.close()
  await provider.close()
  await fake.close()
})

const noisy = async () =>
  sharp(randomBytes(64 * 48 * 3), { raw: { width: 64, height: 48, channels: 3 } })
    .png()
    .toBuffer()

async function order(spec: Partial<GenerationSpec>) {
  const answer = await app.post(person, form(aSpec(spec), [await noisy()]))
  expect(answer.statusCode).toBe(202)
  await app.generations.idle()
  return app.generation(person, answer.json<{ id: string }>().id)
}

const picture = {
  model: 'gemini-nano-banana-2.1',
  prompt: 'A kite',
  options: { aspect: '16:9' as const, size: '1K' },
  price: 7,
}
const reading = {
  model: 'gemini-3.8-flash',
  prompt: '',
  options: { aspect: 'source' as const, size: 'text' },
  price: 1,
}

test('a picture is made, paid once, and kept byte for byte', async () => {
  const made = await noisy()
  fake.answerWith(candidate('STOP', pictureParts(made)))
  const { state, charged, pictures } = await order(picture)
  expect({ state, charged }).toEqual({ state: 'done', charged: 7 })
  const file = await app.get(person, `/v1/pictures/${pictures[0]!.id}/file`)
  expect(file.rawPayload.equals(made)).toBe(true)
  expect(fake.seen).toHaveLength(1)
})

test('[C53] a refusal that came as a success has a code of its own, its stage and reason, and costs nothing', async () => {
  const safetyRatings = [{ category: 'HARM_CATEGORY_SEXUALLY_EXPLICIT', probability: 'HIGH' }]
  fake.answerWith(blockedPrompt('SAFETY', safetyRatings))
  expect(await order(picture)).toMatchObject({
    state: 'failed',
    problem: 'blocked',
    problemParams: { stage: 'input', reason: 'sexual' },
    charged: 0,
  })
  fake.answerWith(candidate('IMAGE_RECITATION'))
  expect(await order(picture)).toMatchObject({
    problem: 'blocked',
    problemParams: { stage: 'output', reason: 'rights' },
  })
  fake.answerWith(candidate('NO_IMAGE', [{ text: 'No.' }]))
  expect(await order(picture)).toMatchObject({ problem: 'no_picture' })
  expect(await app.balance(person)).toMatchObject({ available: 50, held: 0 })
})

test('a picture is read once, and both languages are there', async () => {
  const parts = (subject: string) => ({ ...Object.fromEntries(partNames.map(name => [name, ''])), subject })
  const read = { en: parts('a kite'), ja: parts('凧') }
  fake.answerWith(candidate('STOP', [{ text: JSON.stringify(read) }]))
  expect(await order(reading)).toMatchObject({
    kind: 'reading',
    state: 'done',
    charged: 1,
    reading: read,
    pictures: [],
  })
  expect(fake.seen).toHaveLength(1)
})

test('a reading that cannot be read costs nothing', async () => {
  fake.answerWith(candidate('STOP', [{ text: 'A kite, I think.' }]))
  expect(await order(reading)).toMatchObject({ state: 'failed', charged: 0, reading: null })
  expect(await app.balance(person)).toMatchObject({ available: 50, held: 0 })
})
