import sharp from 'sharp'
import { Check } from 'typebox/value'
import { afterAll, describe, expect, test } from 'vitest'
import { ProblemError } from '../../contract/problems.ts'
import { Reading } from '../../contract/readings.ts'
import { paintedPicture } from '../../restyle/test/pictures.ts'
import type { ImageRequest, ProviderAnswer, ReadingRequest } from '../provider.ts'
import { local } from './index.ts'

const provider = local.create({ threads: 1 })
afterAll(() => provider.close())

const request = async (change: Partial<ImageRequest> = {}): Promise<ImageRequest> => ({
  kind: 'image',
  endpoint: 'restyle',
  parameters: {},
  prompt: 'noir',
  negative: '',
  sources: [await paintedPicture()],
  width: 512,
  height: 384,
  aspect: 'source',
  size: '512',
  quality: null,
  count: 1,
  seed: 4,
  transparent: false,
  ...change,
})
const quietly = { signal: new AbortController().signal, onProgress: () => {}, admit: async () => {} }
const fileOf = (answer: ProviderAnswer) => (answer.kind === 'files' ? answer.files[0]! : Buffer.alloc(0))

describe('the on-device provider', () => {
  test('makes a picture in a worker thread; progress rises to the end', async () => {
    const seen: number[] = []
    const given = await request()
    const bytes = fileOf(await provider.call(given, { ...quietly, onProgress: done => void seen.push(done) }))
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 512, height: 384 })
    expect(seen).toEqual([...seen].sort((one, two) => one - two))
    expect(seen.length).toBeGreaterThanOrEqual(10)
    // The caller's bytes are still the caller's: the job may be repeated.
    expect(given.sources[0]!.bytes.length).toBeGreaterThan(0)
    expect(fileOf(await provider.call(given, quietly)).equals(bytes)).toBe(true)
  })

  test('cancelling in the middle of the work ends it, and the one thread takes the next job', async () => {
    const abort = new AbortController()
    const large = await request({ prompt: 'painting', width: 2048, height: 1536 })
    const seen: number[] = []
    const stopped = provider.call(large, {
      ...quietly,
      signal: abort.signal,
      onProgress: done => {
        seen.push(done)
        if (done > 0.3) abort.abort()
      },
    })
    const error = await stopped.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ProblemError)
    expect(error).toMatchObject({ code: 'cancelled' })
    expect(fileOf(await provider.call(await request(), quietly)).length).toBeGreaterThan(0)
    expect(Math.max(...seen)).toBeLessThan(0.9)
  })

  test('reads a picture in a worker thread, without a key and without a provider', async () => {
    const seen: number[] = []
    const given: ReadingRequest = {
      kind: 'reading',
      endpoint: 'reading',
      parameters: {},
      source: await paintedPicture(),
    }
    const answer = await provider.call(given, { ...quietly, onProgress: done => void seen.push(done) })
    expect(answer).toMatchObject({
      kind: 'reading',
      reading: { en: { colour: expect.stringMatching(/\w/) }, ja: { colour: expect.stringMatching(/\p{sc=Han}/u) } },
      usage: { microUsd: 0 },
    })
    expect(seen.at(-1)).toBe(1)
    expect(await provider.call(given, quietly)).toEqual(answer)
    const { reading } = answer as Extract<ProviderAnswer, { kind: 'reading' }>
    expect(Check(Reading, reading)).toBe(true)
    // It recognises nothing.
    for (const { subject, setting, mood, text, negative } of [reading.en, reading.ja])
      expect([subject, setting, mood, text, negative]).toEqual(['', '', '', '', ''])
  })

  test('a source that cannot be read fails its job, not the provider', async () => {
    const source = await paintedPicture()
    const broken = await request({ sources: [{ ...source, bytes: Buffer.from('not a picture') }] })
    await expect(provider.call(broken, quietly)).rejects.toMatchObject({ code: 'internal' })
    expect(fileOf(await provider.call(await request(), quietly)).length).toBeGreaterThan(0)
  })
})
