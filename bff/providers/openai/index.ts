import type { DirectProvider } from '../provider.ts'
import { callImages, type ImagesServer } from './call.ts'
import { type ImagesParameters, wrongImages } from './parameters.ts'

/** OpenAI's GPT Image models. */
export function createOpenAiProvider(options: ImagesServer & { key: string }): DirectProvider {
  return {
    way: 'direct',
    repeatable: false,
    wrongParameters: wrongImages,
    call: (request, control) => callImages(options, request, request.parameters as ImagesParameters, control),
    close: () => options.egress.close(),
  }
}
