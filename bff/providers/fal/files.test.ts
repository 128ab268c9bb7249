import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bad, unknown } from '../../test/fakes/fault-of.ts'
import * as faults from '../../test/fakes/faults.ts'
import { glb, png } from '../../test/fakes/files.ts'
import type { Fault } from '../../test/fakes/server.ts'
import type { ProviderFault } from '../provider-error.ts'
import { type Fixture, fault, image, model3d, openFixture } from './test/fixture.ts'

let fixture: Fixture
let fal: Fixture['fal']

beforeEach(async () => {
  fixture = await openFixture()
  fal = fixture.fal
})
afterEach(() => fixture.close())

describe('the files of a result', () => {
  const picture = (name: string, bytes = png(), type = 'image/png') => ({ url: fal.host(name, bytes, type) })

  test('what fal itself calls indecent is blocked at the output; the rest is given', async () => {
    const { ticket, job } = await fixture.finished(image({ count: 2 }, 'flux-2-dev'))
    const images = [picture('a', png(1)), picture('b', png(2))]
    job.output = { images, has_nsfw_concepts: [true, false] }
    expect(await fixture.result(ticket)).toMatchObject({ files: [png(2)] })
    job.output = { images, has_nsfw_concepts: [true, true] }
    expect(await fault(fixture.result(ticket))).toEqual({ kind: 'blocked', stage: 'output', reason: 'sexual' })
  })

  test('two pictures for one: the first', async () => {
    const { ticket, job } = await fixture.finished()
    job.output = { images: [picture('a', png(1)), picture('b', png(2))] }
    expect(await fixture.result(ticket)).toMatchObject({ files: [png(1)] })
  })

  test('one of two is gone: the other is given', async () => {
    const { ticket, job } = await fixture.finished(image({ count: 2 }, 'flux-2-dev'))
    job.output = { images: [{ url: `${fal.url}/media/gone` }, picture('b', png(2))] }
    expect(await fixture.result(ticket)).toMatchObject({ files: [png(2)] })
  })

  test.each<[string, () => object, ProviderFault]>([
    ['HTML called PNG', () => picture('a', Buffer.from('<html>'), 'image/png'), bad],
    ['SVG called PNG', () => picture('a', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')), bad],
    ['gone', () => ({ url: `${fal.url}/media/gone` }), bad],
    ['a cloud service', () => ({ url: 'http://169.254.169.254/latest/meta-data/' }), bad],
    ['this machine', () => ({ url: 'http://127.0.0.1:1/a.png' }), bad],
    ['another host', () => ({ url: 'https://files.example.test/a.png' }), bad],
    ['a look-alike', () => ({ url: 'https://v3.fal.media.example.test/a.png' }), bad],
    ['user info', () => ({ url: fal.host('a', png(), 'image/png').replace('//', '//fal@') }), bad],
    ['a file here', () => ({ url: 'file:///etc/passwd' }), bad],
    ['data inside', () => ({ url: `data:image/png;base64,${png().toString('base64')}` }), bad],
    ['no address', () => ({ url: 'picture' }), bad],
  ])('%s', async (_what, file, expected) => {
    const { ticket, job } = await fixture.finished()
    job.output = { images: [file()] }
    expect(await fault(fixture.result(ticket))).toEqual(expected)
  })

  test.each<[string, Fault, ProviderFault]>([
    ['a redirect inside', faults.redirects(), bad],
    ['500 MB', faults.huge(500 * 1024 * 1024), bad],
    ['reset', faults.resetBeforeHeaders, unknown],
    ['cut', faults.cutBody, unknown],
    ['503: to be asked for again', faults.answers(503, ''), unknown],
    ['403', faults.answers(403, 'Expired'), bad],
  ])('a file that does not come: %s', async (_what, fault_, expected) => {
    const { ticket } = await fixture.finished()
    fal.playOnFiles(fault_)
    expect(await fault(fixture.result(ticket))).toEqual(expected)
    fal.playOnFiles(null)
    if (expected.kind === 'unknown_outcome') expect(await fixture.result(ticket)).toMatchObject({ files: [png(0)] })
  })

  test.each([
    ['HTML', () => Buffer.from('<!doctype html>')],
    ['a picture', () => png()],
    ['one that is cut', () => glb().subarray(0, -1)],
    ['version 1', () => Buffer.concat([Buffer.from('glTF\x01\0\0\0', 'latin1'), glb().subarray(8)])],
  ])('a GLB that is %s is refused', async (_what, bytes) => {
    const { ticket, job } = await fixture.finished(model3d())
    job.output = { model_mesh: { url: fal.host('a.glb', bytes(), 'model/gltf-binary') } }
    expect(await fault(fixture.result(ticket))).toEqual(bad)
    job.output = { task_id: 'none' }
    expect(await fault(fixture.result(ticket))).toEqual(bad)
  })
})
