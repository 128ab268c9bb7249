import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { needsContracts } from '../../test/fakes/contracts.ts'
import { png } from '../../test/fakes/files.ts'
import { jsonOf } from '../../test/fakes/server.ts'
import type { ProviderRequest } from '../provider.ts'
import { control } from '../test/requests.ts'
import { fal as descriptor } from './index.ts'
import { catalogue, type Fixture, image, key, model3d, openFixture, prompt, source } from './test/fixture.ts'

let fixture: Fixture
let fal: Fixture['fal']

beforeEach(async () => {
  fixture = await openFixture()
  fal = fixture.fal
})
afterEach(() => fixture.close())

describe('what is sent', () => {
  test(`golden request: words and pictures, kept by nobody, nothing about the person${needsContracts}`, async () => {
    await fixture.submit(image({ sources: [source('subject', 1), source('style', 2)] }))
    expect(fal.seen).toHaveLength(1)
    const [request] = fal.seen
    const { host, 'content-length': length, 'user-agent': agent, ...headers } = request!.headers
    expect(request).toMatchObject({ method: 'POST', path: '/fal-ai/flux-2-pro/edit' })
    expect(headers).toEqual({
      accept: 'application/json',
      'accept-encoding': 'identity',
      authorization: `Key ${key}`,
      connection: 'close',
      'content-type': 'application/json',
      'x-fal-no-retry': '1',
      'x-fal-object-lifecycle-preference': '{"expiration_duration_seconds":3600}',
      'x-fal-queue-priority': 'normal',
      'x-fal-store-io': '0',
    })
    expect([host, length]).toEqual([new URL(fal.url).host, String(request!.body.length)])
    expect(agent).toMatch(/^@fal-ai\/client\//)
    const uri = (shade: number) => `data:image/png;base64,${png(shade).toString('base64')}`
    expect(jsonOf(request!)).toEqual({
      output_format: 'png',
      prompt: [
        'Picture 1 is the subject: keep who or what it shows recognisable. Follow it closely.\nPicture 2 gives the style: take its technique, texture and way of drawing, not what it shows. Follow it closely.',
        prompt,
      ].join('\n\n'),
      image_urls: [uri(1), uri(2)],
      image_size: { width: 1024, height: 768 },
      seed: 7,
      enable_safety_checker: true,
      safety_tolerance: '2',
    })
  })

  test(`golden request of a 3D model: the picture and settings, no words${needsContracts}`, async () => {
    await fixture.submit(model3d())
    expect(fal.seen[0]!.path).toBe('/tripo3d/tripo/v2.5/image-to-3d')
    expect(jsonOf(fal.seen[0]!)).toEqual({
      image_url: `data:image/png;base64,${png(3).toString('base64')}`,
      face_limit: 200_000,
      quad: false,
      texture: 'standard',
      pbr: true,
    })
  })

  test.each(catalogue.all().map(({ id }) => id))(
    `the catalogue's %s is what its endpoint takes${needsContracts}`,
    async id => {
      const entry = catalogue.find(id)!
      expect(descriptor.wrongParameters(entry.kind, entry.parameters)).toBeNull()
      const { pictures, options } = entry
      const { countField } = entry.parameters as { countField?: string | null }
      expect(options.maxCount > 1).toBe(typeof countField === 'string')
      const many = Array.from({ length: pictures.max }, () => source('free'))
      const calls: ProviderRequest[] =
        entry.kind === 'model3d'
          ? [...(options.qualities.length ? options.qualities : [null])].map(quality => model3d(id, quality))
          : [many.slice(0, pictures.min), many].map(sources => image({ sources, count: options.maxCount }, id))
      for (const call of calls) {
        const ticket = await fixture.submit(call)
        for (const job of fal.jobs.values()) job.state = 'COMPLETED'
        const answer = await fixture.result(ticket)
        expect(answer).toMatchObject({
          kind: 'files',
          files: { length: entry.kind === 'image' ? options.maxCount : 1 },
        })
      }
      expect(fal.violations).toEqual([])
    },
  )

  test('a qualities table names what the catalogue offers', () => {
    for (const { options, parameters } of catalogue.all())
      expect(Object.keys(parameters.qualities as object)).toEqual(options.qualities)
  })

  test('where it may tell that it is done, and nothing when nowhere', async () => {
    await fixture.submit(image(), control(), 'https://mimicit.example/v1/callbacks/fal/job-1')
    expect(fal.job().webhook).toBe('https://mimicit.example/v1/callbacks/fal/job-1')
    fal.jobs.clear()
    await fixture.submit(image(), control(), null)
    expect(fal.job().webhook).toBeNull()
  })

  test('a key in the environment is nobody else’s: the one of the settings is used', async () => {
    vi.stubEnv('FAL_KEY', 'another')
    await fixture.submit()
    vi.unstubAllEnvs()
    expect(fal.seen[0]!.headers.authorization).toBe(`Key ${key}`)
  })

  test.skipIf(needsContracts)('the contract is no formality: a wrong value is told', async () => {
    await fixture.submit(image({ parameters: { ...image().parameters, safety: { safety_tolerance: '9' } } }))
    expect(fal.violations.splice(0).join()).toContain('safety_tolerance')
  })
})

test('parameters are checked at start', () => {
  const wrong = (kind: ProviderRequest['kind'], parameters: object) =>
    descriptor.wrongParameters(kind, parameters as Record<string, unknown>)
  expect(wrong('image', {})).not.toBeNull()
  expect(wrong('image', { ...image().parameters, safety: {} })).toMatch(/safety/)
  expect(wrong('image', { ...image().parameters, sise: 1 })).not.toBeNull()
  expect(wrong('model3d', { ...model3d().parameters, outputPaths: [] })).toMatch(/outputPaths/)
  expect(wrong('reading', {})).toBe('its provider makes "image", "model3d" only')
})
