import type { ImageEditParamsNonStreaming, ImageGenerateParamsNonStreaming } from 'openai/resources/images'
import { promptText } from '../prompt.ts'
import type { ImageRequest, SourcePicture } from '../provider.ts'
import type { ImagesParameters } from './parameters.ts'
import { fitSize } from './size.ts'

type Quality = NonNullable<ImageGenerateParamsNonStreaming['quality'] & ImageEditParamsNonStreaming['quality']>

/** The fields that a picture from words and a picture from pictures have in common. Nothing in them tells who asks. */
export function toFields(request: ImageRequest, { size, send, responseFormat }: ImagesParameters) {
  const { width, height } = fitSize(request, size)
  const sends = (field: ImagesParameters['send'][number]) => send.includes(field)
  return {
    model: request.endpoint,
    prompt: promptText(request),
    size: `${width}x${height}`,
    ...(sends('n') && { n: request.count }),
    ...(sends('quality') && request.quality !== null && { quality: request.quality as Quality }),
    ...(sends('background') && request.transparent && { background: 'transparent' as const }),
    ...(sends('output_format') && { output_format: 'png' as const }),
    ...(responseFormat !== null && { response_format: responseFormat }),
  } satisfies ImageGenerateParamsNonStreaming
}

/** A form needs a name for each file: its number, as the prompt counts them. */
export const toFiles = (sources: readonly SourcePicture[]): File[] =>
  sources.map(({ bytes, mime }, index) => {
    const name = `picture-${index + 1}.${mime === 'image/png' ? 'png' : 'jpg'}`
    return new File([bytes as Buffer<ArrayBuffer>], name, { type: mime, lastModified: 0 })
  })
