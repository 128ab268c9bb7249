import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { loadRegistry } from '../../models/registry.ts'
import { aSpec, form, testApp } from '../../test/app.ts'
import { descriptors, toolsFor } from '../index.ts'
import { startOpenAiFake } from '../openai-api/test/fake-images.ts'
import { openai } from './index.ts'

const whereTaken = 'Maebashi, behind the old mill'

/** A photo as a telephone takes it: with the place, the owner and the device in it. */
const aPhoto = () =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: '#3060c0' } })
    .withExif({ IFD0: { Artist: whereTaken, Model: whereTaken }, IFD3: { GPSLatitudeRef: 'N', GPSLongitudeRef: 'E' } })
    .jpeg()
    .toBuffer()

test('[P49] of a person’s order the provider gets words and bare pictures: no id, no browser, no address, no place', async () => {
  const fake = await startOpenAiFake({ key: 'key' })
  const provider = openai.create({ key: 'key', baseUrl: `${fake.url}/v1` }, toolsFor(openai, Date.now))
  const app = await testApp({ registry: loadRegistry(descriptors), others: { openai: provider } })
  onTestFinished(async () => {
    await app.close()
    await provider.close()
    await fake.close()
  })
  const person = await app.addPerson()
  const photo = await aPhoto()
  expect(photo.includes(whereTaken)).toBe(true)

  const told = {
    'user-agent': 'Mozilla/5.0 (somebody at home)',
    referer: 'https://shop.example/where-i-was',
    'accept-language': 'ja-JP',
    'x-forwarded-for': '203.0.113.77',
    cookie: 'session=secret-cookie',
  }
  const order = aSpec({
    model: 'gpt-image-2.6-flare',
    prompt: 'A kite',
    sources: [
      { role: 'subject', weight: 100 },
      { role: 'style', weight: 50 },
    ],
    options: { aspect: 'source', size: '1K', quality: 'low' },
    price: 7,
  })
  const answer = await app.post(person, form(order, [photo, photo]), undefined, told)
  expect(answer.statusCode).toBe(202)
  const { id } = answer.json<{ id: string }>()
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({ state: 'done', charged: 7 })

  expect(fake.seen).toHaveLength(1)
  const [{ headers, body }] = fake.seen as [(typeof fake.seen)[number]]
  const sent = JSON.stringify(headers) + body.toString('latin1')
  expect(sent).toContain('A kite')
  for (const secret of [person.id, person.familyId, id, whereTaken, 'Exif', 'GPS', ...Object.values(told)])
    expect(sent).not.toContain(secret)
})
