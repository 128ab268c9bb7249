import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as faults from '../../test/fakes/faults.ts'
import { glb, png } from '../../test/fakes/files.ts'
import type { Model3dRequest } from '../provider.ts'
import { control, fault, image, model3d, openStage, type Stage, source } from './test/stage.ts'
import { createWebhookCheck } from './webhook.ts'

const { signal } = control()

let stage: Stage
let fal: Stage['fal']
let provider: Stage['provider']

beforeEach(async () => {
  stage = await openStage()
  fal = stage.fal
  provider = stage.provider
})
afterEach(() => stage.close())

describe('from the queue to the files', () => {
  test('waits, runs, is done; the ticket alone is enough after a restart', async () => {
    const ticket = await stage.submit(image({ count: 2 }, 'flux-2-dev'))
    expect(await provider.status(ticket, signal)).toEqual({ state: 'waiting', progress: null })
    fal.job().state = 'IN_PROGRESS'
    expect(await provider.status(ticket, signal)).toEqual({ state: 'running', progress: null })
    fal.job().state = 'COMPLETED'
    expect(await provider.status(ticket, signal)).toEqual({ state: 'completed' })
    const given = control()
    const answer = await stage.connect().result(ticket, given)
    expect(answer).toEqual({ kind: 'files', files: [png(0), png(1)], usage: { microUsd: null } })
    expect(given.admit).toHaveBeenCalled()
    // Two segments of the endpoint stand for its jobs.
    expect(stage.requests('GET')[0]!.path).toBe(`/fal-ai/flux-2/requests/${fal.job().id}/status?logs=0`)
  })

  test('a GLB with its picture; without the picture, the GLB', async () => {
    const { ticket, job } = await stage.finished(model3d())
    expect(await stage.result(ticket)).toMatchObject({ files: [glb()], preview: png(9) })
    job.output = {
      model_mesh: { url: fal.host('a.glb', glb(), 'model/gltf-binary') },
      rendered_image: { url: `${fal.url}/media/gone` },
    }
    expect(await stage.result(ticket)).toEqual({ kind: 'files', files: [glb()], usage: { microUsd: null } })
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
    const { ticket } = await stage.finished(hunyuan)
    expect(await stage.result(ticket)).toMatchObject({ files: [glb()], preview: png(9) })
  })

  test('[R29] what fal keeps is deleted; deleted already is as good', async () => {
    const { ticket, job } = await stage.finished()
    await provider.forget(ticket, signal)
    expect(fal.deleted).toEqual([job.id])
    fal.play(faults.answers(404, { error: { type: 'not_found' } }))
    await provider.forget(ticket, signal)
    fal.play(faults.answers(403, { error: { type: 'authorization_error' } }))
    expect(await fault(provider.forget(ticket, signal))).toEqual({ kind: 'account', of: 'credentials' })
  })

  test('cancelled in the queue is a promise; while it runs or after, it is none', async () => {
    const ticket = await stage.submit()
    const { id } = fal.job()
    expect(await provider.cancel(ticket, signal)).toBe(true)
    expect(stage.requests('PUT').map(({ path }) => path)).toEqual([`/fal-ai/flux-2-pro/requests/${id}/cancel`])
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
    expect(await fault(stage.submit(request, control(), 'https://mimicit.example/cb'))).toEqual({
      kind: 'unknown_outcome',
    })
    expect(stage.requests('POST')).toHaveLength(1)
    fal.job().state = 'COMPLETED'
    const check = createWebhookCheck({ restUrl: fal.url, egress: stage.egress, now: stage.clock.now })
    const news = await check(fal.webhookOf(fal.job().id))
    const { kind, endpoint, parameters, count } = request
    const ticket = provider.ticketOf!({ kind, endpoint, parameters, count }, news!.requestId)
    expect(await stage.result(ticket)).toMatchObject({ files: [png(0)] })
    expect(stage.requests('POST')).toHaveLength(1)
  })
})

test('a ticket that is none is refused before anything is sent', async () => {
  expect(() => provider.ticketOf!(image(), '../x')).toThrow(TypeError)
  for (const ticket of ['', '{}', '{"endpoint":"a/b","requestId":"../x","images":1}'])
    await expect(provider.status(ticket, signal)).rejects.toThrow()
  expect(fal.seen).toEqual([])
})
