import { describe, expect, test } from 'vitest'
import type { ImageRequest, Model3dRequest, SourcePicture } from '../provider.ts'
import { toImageSubmission, toModelSubmission } from './submission.ts'

const source = (text: string, mime: SourcePicture['mime'] = 'image/png'): SourcePicture => ({
  bytes: Buffer.from(text),
  mime,
  width: 64,
  height: 64,
  role: 'subject',
  weight: 100,
})

const parameters = {
  editEndpoint: 'fal-ai/flux-2-pro/edit',
  inputImageField: 'image_urls',
  manyImages: true,
  size: { form: 'pixels', field: 'image_size', min: 512, max: 2048, step: 16 },
  seedField: 'seed',
  countField: null,
  safety: { safety_tolerance: '2', enable_safety_checker: true },
  qualities: { high: { num_inference_steps: 40 } },
  fixed: { output_format: 'png' },
}

const request = (change: Partial<ImageRequest> = {}): ImageRequest => ({
  kind: 'image',
  endpoint: 'fal-ai/flux-2-pro',
  parameters,
  prompt: 'a cat in the rain',
  negative: '',
  sources: [],
  width: 1024,
  height: 768,
  aspect: '4:3',
  size: '1K',
  quality: null,
  count: 2,
  seed: 7,
  transparent: false,
  ...change,
})

describe('toImageSubmission', () => {
  test('words alone go to the endpoint of the catalogue', () => {
    expect(toImageSubmission(request())).toEqual({
      endpoint: 'fal-ai/flux-2-pro',
      input: {
        prompt: 'a cat in the rain',
        image_size: { width: 1024, height: 768 },
        seed: 7,
        output_format: 'png',
        safety_tolerance: '2',
        enable_safety_checker: true,
      },
    })
  })

  test('pictures go inside the request as data, to the endpoint for edits', () => {
    const { endpoint, input } = toImageSubmission(request({ sources: [source('one'), source('two', 'image/jpeg')] }))
    expect(endpoint).toBe('fal-ai/flux-2-pro/edit')
    expect(input.image_urls).toEqual(['data:image/png;base64,b25l', 'data:image/jpeg;base64,dHdv'])
    expect(input.prompt).toContain('a cat in the rain')
    expect(input.prompt).toContain('Picture 2')
  })

  test('a model of one picture and of named shapes gets one address and the nearest name', () => {
    const kontext = {
      ...parameters,
      editEndpoint: null,
      inputImageField: 'image_url',
      manyImages: false,
      size: { form: 'shape', field: 'aspect_ratio', shapes: { '16:9': 1.7778, '1:1': 1, '9:16': 0.5625 } },
      countField: 'num_images',
      seedField: null,
    }
    const { endpoint, input } = toImageSubmission(
      request({ endpoint: 'fal-ai/flux-pro/kontext', parameters: kontext, sources: [source('one')], height: 620 }),
    )
    expect(endpoint).toBe('fal-ai/flux-pro/kontext')
    expect(input).toMatchObject({ image_url: 'data:image/png;base64,b25l', aspect_ratio: '16:9', num_images: 2 })
    expect(input).not.toHaveProperty('seed')
  })

  test.each([
    [1000, 1000, { width: 1008, height: 1008 }],
    [1024, 439, { width: 1200, height: 512 }],
    [4096, 4096, { width: 2048, height: 2048 }],
    [3000, 1000, { width: 2048, height: 688 }],
    [100, 4000, { width: 512, height: 2048 }],
  ])('%i x %i is brought within the limits', (width, height, size) => {
    expect(toImageSubmission(request({ width, height })).input.image_size).toEqual(size)
  })

  test('a quality adds its fields; one that is not known adds none', () => {
    expect(toImageSubmission(request({ quality: 'high' })).input.num_inference_steps).toBe(40)
    expect(toImageSubmission(request({ quality: 'toString' })).input).not.toHaveProperty('num_inference_steps')
  })
})

test('a 3D model is made of the picture: no words go out', () => {
  const model: Model3dRequest = {
    kind: 'model3d',
    endpoint: 'tripo3d/tripo/v2.5/image-to-3d',
    parameters: {
      inputImageField: 'image_url',
      outputPaths: ['model_mesh'],
      previewPath: null,
      qualities: { plain: { texture: 'no' } },
      fixed: { quad: false },
    },
    source: source('one'),
    quality: 'plain',
  }
  expect(toModelSubmission(model)).toEqual({
    endpoint: 'tripo3d/tripo/v2.5/image-to-3d',
    input: { image_url: 'data:image/png;base64,b25l', texture: 'no', quad: false },
  })
})
