import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as faults from '../../test/fakes/faults.ts'
import { glb, png } from '../../test/fakes/files.ts'
import type { Model3dRequest } from '../provider.ts'
import { control } from '../test/requests.ts'
import { type Fixture, fault, image, model3d, openFixture, source } from './test/fixture.ts'

const { signal } = control()

let fixture: Fixture
let fal: Fixture['fal']
let provider: Fixture['provider']

beforeEach(async () => {
  fixture = await openFixture()
  fal = fixture.fal
  provider = fixture.provider
})
afterEach(() => fixture.close())

describe('from the queue to the files', () => {
  test('waits, runs, is done; the ticket alone is enough after a restart', async () => {
    const ticket = await fixture.submit(image({ count: 2 }, 'flux-2-dev'))
    expect(await provider.status(ticket, signal)).toEqual({ state: 'waiting', progress: null })
    fal.job().state = 'IN_PROGRESS'
    expect(await provider.status(ticket, signal)).toEqual({ state: 'running', progress: null })
    fal.job().state = 'COMPLETED'
    expect(await provider.status(ticket, signal)).toEqual({ state: 'completed' })
    const given = control()
    const answer = await fixture.connect().result(ticket, given)
    expect(answer).toEqual({ kind: 'files', files: [png(0), png(1)], usage: { microUsd: null } })
    expect(given.admit).toHaveBeenCalled()
    // Two segments of the endpoint stand for its jobs.
    expect(fixture.requests('GET')[0]!.path).toBe(`/fal-ai/flux-2/requests/${fal.job().id}/status?logs=0`)
  })

  test('a GLB with its picture; without the picture, the GLB', async () => {
    const { ticket, job } = await fixture.finished(model3d())
    expect(await fixture.result(ticket)).toMatchObject({ files: [glb()], preview: png(9) })
    job.output = {
      model_mesh: { url: fal.host('a.glb', glb(), 'model/gltf-binary') },
      rendered_image: { url: `${fal.url}/media/gone` },
    }
    expect(await fixture.result(ticket)).toEqual({ kind: 'files', files: [glb()], usage: { microUsd: null } })
  })

  test('a model that names its GLB elsewhere is found by its path', async () => {
    const hunyuan: Model3dRequest = {
      kind: 'model3d',
      endpoint: 'fal-ai/hunyuan-3d/v3.1/rapid/image-to-3d',
      parameters: {
        inputImageField: 'input_image_url',
        outputPaths: ['model_urls.glb', 'model_glb'],
        previewPath: 'thumbnail',
        qualities: {},
        fixed: { enable_pbr: false },
      },
      source: source(),
      quality: null,
    }
    const { ticket } = await fixture.finished(hunyuan)
    expect(await fixture.result(ticket)).toMatchObject({ files: [glb()], preview: png(9) })
  })

  test('what fal keeps is deleted; deleted already is as good', async () => {
    const { ticket, job } = await fixture.finished()
    await provider.forget(ticket, signal)
    expect(fal.deleted).toEqual([job.id])
    fal.play(faults.answers(404, { error: { type: 'not_found' } }))
    await provider.forget(ticket, signal)
    fal.play(faults.answers(403, { error: { type: 'authorization_error' } }))
    expect(await fault(provider.forget(ticket, signal))).toEqual({ kind: 'account', of: 'credentials' })
  })

  test('cancelled in the queue is a promise; while it runs or after, it is none', async () => {
    const ticket = await fixture.submit()
    const { id } = fal.job()
    expect(await provider.cancel(ticket, signal)).toBe(true)
    expect(fixture.requests('PUT').map(({ path }) => path)).toEqual([`/fal-ai/flux-2-pro/requests/${id}/cancel`])
    fal.job().state = 'IN_PROGRESS'
    expect(await provider.cancel(ticket, signal)).toBe(false)
    fal.job().state = 'COMPLETED'
    expect(await provider.cancel(ticket, signal)).toBe(false)
    fal.jobs.clear()
    expect(await provider.cancel(ticket, signal)).toBe(false)
    fal.play(faults.html)
    expect(await provider.cancel(ticket, signal)).toBe(false)
    fal.play(faults.answers(503, ''))
    expect(await fault(provider.cancel(ticket, signal))).toEqual({ kind: 'unknown_outcome' })
  })

  test('the answer to a submit is lost: the webhook tells the id, and the picture comes', async () => {
    const request = image()
    fal.loseAnswers()
    expect(await fault(fixture.submit(request, control(), 'https://mimicit.example/cb'))).toEqual({
      kind: 'unknown_outcome',
    })
    expect(fixture.requests('POST')).toHaveLength(1)
    fal.job().state = 'COMPLETED'
    const { check, ticketOf } = provider.webhook!
    const requestId = await check(fal.webhookOf(fal.job().id))
    const { kind, endpoint, parameters, count } = request
    const ticket = ticketOf({ kind, endpoint, parameters, count }, requestId!)
    expect(await fixture.result(ticket)).toMatchObject({ files: [png(0)] })
    expect(fixture.requests('POST')).toHaveLength(1)
  })
})

test('a ticket that is none is refused before anything is sent', async () => {
  expect(() => provider.webhook!.ticketOf(image(), '../x')).toThrow(TypeError)
  for (const ticket of ['', '{}', '{"endpoint":"a/b","requestId":"../x","images":1}'])
    await expect(provider.status(ticket, signal)).rejects.toThrow()
  expect(fal.seen).toEqual([])
})
